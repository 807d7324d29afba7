# hosts: debian12 debian11 debian13
# profile: alliance
# The exception is made for IPv6 only.
printf 'Match Address 2001:db8:5::/48\n    KbdInteractiveAuthentication yes\n' >/etc/ssh/sshd_config.d/90-v6.conf
systemctl reload ssh
