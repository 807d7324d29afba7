# hosts: fedora centos
# profile: alliance
# The cache was last confirmed nine days ago.
touch -d '9 days ago' /var/cache/dnf/*/repodata/*-primary.xml*
