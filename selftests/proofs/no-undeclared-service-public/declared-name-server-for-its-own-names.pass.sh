# hosts: centos debian12 ubuntu2404
# profile: ibm-hpvs
# It answers everybody about its own zone, as declared, looks up names for its own networks, and refuses that to strangers.
/usr/local/lib/lab/install bind9
cat >/etc/bind/named.conf.options <<'END'
options {
    directory "/var/cache/bind";
    listen-on { any; };
    listen-on-v6 { any; };
    dnssec-validation no;
    recursion yes; allow-recursion { 127.0.0.1; 10.99.0.0/24; };
};
END
systemctl restart named
until ss -lun | grep -q "10.99.*:53 "; do sleep 0.1; done
for tool in iptables ip6tables; do
    "$tool" -I INPUT -p udp --dport 53 -j ACCEPT
    "$tool" -I INPUT -p tcp --dport 53 -j ACCEPT
done
