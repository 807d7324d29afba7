# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# A comparison of text does not take this for zero.
echo 'backup2:x:000:100::/var/backups:/usr/sbin/nologin' >>/etc/passwd
