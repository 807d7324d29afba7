# hosts: fedora centos
# profile: alliance
# Each attempt to refresh fails, and touches the cache.
touch -d '9 days ago' /var/cache/dnf/*/repodata/*-primary.xml*
mv /srv/repositories /srv/away
dnf -q --refresh makecache || true
test "$(find /var/cache/dnf -name '*-primary.xml*' -cmin -5 | wc -l)" -ge 1
