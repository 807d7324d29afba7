# hosts: debian12 debian11 debian13
# profile: alliance
# A Match block that says nothing about passwords, and its keyword twice, are no fault (thread 41, ssh-baseline #218).
printf 'X11Forwarding no\nMatch User plain Address 10.0.0.0/8,2001:db8::/32\n    X11Forwarding yes\n' >/etc/ssh/sshd_config.d/90-x11.conf
systemctl reload ssh
