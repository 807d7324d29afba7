# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# The main file says yes, after a drop-in has said no: only who reads the drop-ins knows (thread 40, CaC PR #14326).
printf '\nPermitRootLogin yes\n' >>/etc/ssh/sshd_config
systemctl try-reload-or-restart ssh.service sshd.service
