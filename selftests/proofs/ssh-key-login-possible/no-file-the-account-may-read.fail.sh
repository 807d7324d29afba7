# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# sshd reads the file as the user: what only root can read is no key file for anybody else.
mkdir -m 700 /etc/ssh/keys
for user in admin plain; do cp -p /root/.ssh/authorized_keys /etc/ssh/keys/$user; done
printf 'AuthorizedKeysFile /etc/ssh/keys/%%u\nPermitRootLogin no\n' >/etc/ssh/sshd_config.d/05-elsewhere.conf
systemctl reload ssh
