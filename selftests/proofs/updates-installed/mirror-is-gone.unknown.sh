# hosts: centos fedora
# profile: alliance
# CentOS 7 and 8 after their end: no mirror answers, and that is not the same as no update.
mv /srv/repositories /srv/away
touch -d '30 days ago' /var/cache/dnf/*/repodata/*-primary.xml*
