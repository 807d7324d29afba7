# hosts: debian12 debian11 debian13
# profile: alliance
# 443 is declared public, for a web server; sshd does not become one by listening there.
printf 'Port 22\nPort 443\n' >/etc/ssh/sshd_config.d/05-ports.conf
systemctl restart ssh
nft add rule inet filter input tcp dport 443 accept
