# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# dpkg still lists postfix, in state `rc`: removed, configuration kept.
/usr/local/lib/lab/install postfix
systemctl stop postfix
apt-get -q -y remove postfix
dpkg-query -W -f='${db:Status-Status}\n' postfix | grep -q config-files
