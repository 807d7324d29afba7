# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# RevokedKeys names the one key that everybody has.
cut -d ' ' -f 1,2 /root/.ssh/authorized_keys >/etc/ssh/revoked
echo 'RevokedKeys /etc/ssh/revoked' >/etc/ssh/sshd_config.d/05-revoked.conf
systemctl reload ssh
