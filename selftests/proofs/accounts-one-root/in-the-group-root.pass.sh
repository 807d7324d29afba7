# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# The group root and a name like it do not make anybody root.
useradd --gid 0 --groups sudo rooty
echo 'daemon0:x:10:0::/:/usr/sbin/nologin' >>/etc/passwd
