# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# No key file at all: certificates of an authority open the accounts.
cut -d ' ' -f 1,2 /root/.ssh/authorized_keys >/etc/ssh/ca.pub
rm -r /root/.ssh /home/admin/.ssh /home/plain/.ssh
echo 'TrustedUserCAKeys /etc/ssh/ca.pub' >/etc/ssh/sshd_config.d/05-authority.conf
systemctl reload ssh
