# hosts: debian12 debian13 fedora
# profile: ibm-hpvs
# reason: looks up names for strangers
# Port 53 is on the profile's list. Nobody declared that the name server looks up everybody's names for everybody.
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
    "$tool" -I INPUT -p udp --dport 53 -j ACCEPT
    "$tool" -I INPUT -p tcp --dport 53 -j ACCEPT
done
