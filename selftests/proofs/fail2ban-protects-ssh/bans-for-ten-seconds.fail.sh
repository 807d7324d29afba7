# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# reason: bans for 10 seconds
# Ten minutes were meant; a number without a unit is seconds.
sed -i '/^\[sshd\]/a bantime = 10' /etc/fail2ban/jail.d/sshd.local
systemctl restart fail2ban.service
until fail2ban-client get sshd actions >/dev/null 2>&1; do sleep 0.2; done
