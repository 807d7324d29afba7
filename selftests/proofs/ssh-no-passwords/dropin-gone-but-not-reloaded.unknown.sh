# hosts: debian12 debian11 debian13
# profile: alliance
# A file that the daemon had read was taken away; what is left on disk says no.
echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/00-old.conf
systemctl reload ssh
sleep 1
rm /etc/ssh/sshd_config.d/00-old.conf
