# hosts: debian12 debian11 fedora
# profile: alliance
# reason: what answers a stranger: password at 22/tcp
# Who is asked from the network of the administrators is offered no password; a stranger is.
printf 'Match Address *,!10.99.0.0/24,!fd99::/64\n    PasswordAuthentication yes\n' >/etc/ssh/sshd_config.d/90-others.conf
systemctl reload ssh 2>/dev/null || systemctl reload sshd
nft add rule inet filter input tcp dport 22 accept
