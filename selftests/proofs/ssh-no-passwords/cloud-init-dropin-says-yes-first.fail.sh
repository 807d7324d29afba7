# hosts: debian12 debian11 debian13
# profile: alliance
# The main file says no, but the first value wins and a drop-in of cloud-init comes before it (thread 39, CaC #13291).
rm /etc/ssh/sshd_config.d/10-keys-only.conf
echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/50-cloud-init.conf
printf '\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n' >>/etc/ssh/sshd_config
systemctl reload ssh
