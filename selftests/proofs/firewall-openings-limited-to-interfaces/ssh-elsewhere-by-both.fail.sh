# hosts: fedora debian12 centos
# profile: ibm-hpvs
# Port 22 is limited to the inner network; a second sshd waits on 2222, and any interface leads there.
ip link add link eth0 name lan0 type macvlan mode bridge
ip address add 192.168.77.5/24 dev lan0
ip link set lan0 up
for tool in iptables ip6tables; do
    $tool -I INPUT 3 ! -i lan0 -p tcp -m tcp --dport 22 ! -s "$([ $tool = iptables ] && echo 10.99.0.0/24 || echo fd99::/64)" -j DROP
    $tool -A INPUT -p tcp -m tcp --dport 2222 -m state --state NEW -j ACCEPT
done
"$(command -v sshd || echo /usr/sbin/sshd)" -p 2222 -o PidFile=none
