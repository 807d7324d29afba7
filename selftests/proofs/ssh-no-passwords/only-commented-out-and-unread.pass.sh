# hosts: debian12 debian11 debian13
# profile: alliance
# Text that a search finds, but sshd does not read.
echo '#PasswordAuthentication yes' >/etc/ssh/sshd_config.d/00-note.conf
echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/00-old.conf.bak
systemctl reload ssh
