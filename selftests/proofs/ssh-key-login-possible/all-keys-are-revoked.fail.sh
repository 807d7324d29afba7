# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# RevokedKeys names the keys that people have.
cat /root/.ssh/authorized_keys /home/plain/.ssh/authorized_keys | cut -d ' ' -f 1,2 >/etc/ssh/revoked
echo 'RevokedKeys /etc/ssh/revoked' >/etc/ssh/sshd_config.d/05-revoked.conf
systemctl reload ssh
