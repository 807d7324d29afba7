# hosts: fedora centos
# profile: alliance
# The timer that refreshes the cache has not worked for a month.
touch -d '30 days ago' /var/cache/dnf/*/repodata/*-primary.xml*
