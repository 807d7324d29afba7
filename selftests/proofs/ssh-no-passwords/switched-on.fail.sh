# hosts: debian12 debian11 debian13
# profile: alliance
# The plain fault: passwords are accepted from everybody.
sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' /etc/ssh/sshd_config.d/10-keys-only.conf
systemctl reload ssh
