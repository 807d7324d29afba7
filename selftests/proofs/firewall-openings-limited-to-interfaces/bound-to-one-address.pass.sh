# hosts: centos debian12 debian13
# profile: ibm-hpvs
# The rule is for both interfaces; sshd waits at the address of one.
ip link add link eth0 name lan0 type macvlan mode bridge
ip address add 192.168.77.5/24 dev lan0
ip link set lan0 up
cat >/etc/ssh/sshd_config.d/05-one.conf <<END
ListenAddress $(ip -o -4 address show eth0 | sed 's|.* inet \([0-9.]*\)/.*|\1|')
END
systemctl stop ssh.socket sshd.socket 2>/dev/null || :
systemctl restart sshd.service 2>/dev/null || systemctl restart ssh.service
ss -Hltn | grep -q '^LISTEN.* 10.99.0.[0-9]*:22 '
