# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# reason: into forward
# The same with nftables.
sed -i 's/^banaction = .*/banaction = nftables-multiport[chain_hook=forward]/' /etc/fail2ban/jail.d/sshd.local
systemctl restart fail2ban.service
until fail2ban-client get sshd actions >/dev/null 2>&1; do sleep 0.2; done
