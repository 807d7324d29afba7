# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# A tool appended the right line to a file that ends in a Match block, so it holds for that user only (thread 42, CaC #11049).
rm /etc/ssh/sshd_config.d/10-keys-only.conf
printf '\nMatch User backup\n    X11Forwarding no\nPermitRootLogin no\n' >>/etc/ssh/sshd_config
systemctl try-reload-or-restart ssh.service sshd.service
