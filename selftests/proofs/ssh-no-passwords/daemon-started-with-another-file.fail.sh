# hosts: debian12 debian11 debian13
# profile: alliance
# The running daemon does not read /etc/ssh/sshd_config at all.
cp /etc/ssh/sshd_config /etc/ssh/sshd_config.mine
sed -i 's/^Include/#&/' /etc/ssh/sshd_config.mine
echo 'SSHD_OPTS="-f /etc/ssh/sshd_config.mine"' >/etc/default/ssh
systemctl restart ssh
