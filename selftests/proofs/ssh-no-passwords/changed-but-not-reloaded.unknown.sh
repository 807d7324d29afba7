# hosts: debian12 debian11 debian13
# profile: alliance
# The file says yes, the running daemon has read another one: what it does cannot be seen (thread 44, mitre RHEL9 baseline #108).
echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/00-new.conf
