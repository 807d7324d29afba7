# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# reason: chain BANNED
# Rules of others lead there, or do not.
sed -i -e 's/^banaction = .*/banaction = iptables-multiport/' -e '/^\[sshd\]/i chain = BANNED' /etc/fail2ban/jail.d/sshd.local
iptables -N BANNED
systemctl restart fail2ban.service
until fail2ban-client get sshd actions >/dev/null 2>&1; do sleep 0.2; done
