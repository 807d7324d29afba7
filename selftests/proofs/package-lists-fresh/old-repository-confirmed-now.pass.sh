# hosts: fedora centos
# profile: alliance
# A repository that has not changed for months keeps the files of its first download.
touch -d '90 days ago' /var/cache/dnf/*/repodata/repomd.xml
