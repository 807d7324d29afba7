# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# The file's name has no %u in it: each key opens every account.
cp /home/admin/.ssh/authorized_keys /etc/ssh/everybody
echo 'AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/everybody' >/etc/ssh/sshd_config.d/05-keys.conf
systemctl try-reload-or-restart ssh.service sshd.service
