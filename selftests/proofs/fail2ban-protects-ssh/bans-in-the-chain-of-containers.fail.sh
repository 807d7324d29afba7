# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# reason: DOCKER-USER
# Whoever is banned is kept away from containers: a guide to Docker said that this chain has to be named, and named it for all jails.
sed -i -e 's/^banaction = .*/banaction = iptables-multiport/' -e '/^\[sshd\]/i chain = DOCKER-USER' /etc/fail2ban/jail.d/sshd.local
iptables -N DOCKER-USER
iptables -I FORWARD -j DOCKER-USER
systemctl restart fail2ban.service
until fail2ban-client get sshd actions >/dev/null 2>&1; do sleep 0.2; done
