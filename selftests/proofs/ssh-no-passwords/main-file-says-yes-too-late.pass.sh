# hosts: debian12 debian11 debian13
# profile: alliance
# The main file says yes, after a drop-in has said no: the first value wins (thread 40, CaC PR #14326).
printf '\nPasswordAuthentication yes\nKbdInteractiveAuthentication yes\n' >>/etc/ssh/sshd_config
systemctl reload ssh
