# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# One action for containers, one for the host.
sed -i '/^\[sshd\]/a action = iptables-allports[name=docker, chain=DOCKER-USER]\n         nftables-multiport[name=sshd, port="ssh"]' \
    /etc/fail2ban/jail.d/sshd.local
iptables -N DOCKER-USER
iptables -I FORWARD -j DOCKER-USER
systemctl restart fail2ban.service
until fail2ban-client get sshd actions >/dev/null 2>&1; do sleep 0.2; done
