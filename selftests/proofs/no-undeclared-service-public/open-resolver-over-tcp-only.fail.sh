# hosts: ubuntu2204 debian12
# profile: ibm-hpvs
# reason: 53/tcp .*looks up names for strangers
# Over UDP nobody gets in, and over TCP everybody's names are looked up.
/usr/local/lib/lab/install bind9
cat >/etc/bind/named.conf.options <<'END'
options {
    directory "/var/cache/bind";
    listen-on { any; };
    listen-on-v6 { any; };
    dnssec-validation no;
    recursion yes; allow-recursion { any; };
    forward only; forwarders { 127.0.0.1 port 5300; }; # where nobody is, so that it says at once that it tried
};
END
systemctl restart named
until ss -lun | grep -q "10.99.*:53 "; do sleep 0.1; done
for tool in iptables ip6tables; do
    "$tool" -I INPUT -p tcp --dport 53 -j ACCEPT
done
