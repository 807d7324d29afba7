# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# The plain fault: sshd takes no keys.
echo 'PubkeyAuthentication no' >/etc/ssh/sshd_config.d/05-no-keys.conf
systemctl reload ssh
