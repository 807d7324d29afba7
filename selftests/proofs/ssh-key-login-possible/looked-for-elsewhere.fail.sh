# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# AuthorizedKeysFile points to a folder with nothing in it; the keys in the homes are never read.
mkdir /etc/ssh/keys
echo 'AuthorizedKeysFile /etc/ssh/keys/%u' >/etc/ssh/sshd_config.d/05-elsewhere.conf
systemctl reload ssh
