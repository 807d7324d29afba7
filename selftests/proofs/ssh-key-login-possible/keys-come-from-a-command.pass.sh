# hosts: debian12 debian11 debian13
# profile: alliance
# No key file at all: a program answers sshd.
mv /root/.ssh/authorized_keys /etc/ssh/keys-of-all
rm -r /root/.ssh /home/admin/.ssh /home/plain/.ssh
printf '#!/bin/sh\ncat /etc/ssh/keys-of-all\n' >/usr/local/sbin/keys-of
chmod 755 /usr/local/sbin/keys-of
printf 'AuthorizedKeysCommand /usr/local/sbin/keys-of\nAuthorizedKeysCommandUser root\n' >/etc/ssh/sshd_config.d/05-command.conf
systemctl reload ssh
