# hosts: fedora debian12 debian13 ubuntu2404
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [mail.example.test]
# TLS is offered and passwords are not taken without it, so nothing is in clear; who answers, anybody may be.
/usr/local/lib/lab/install exim4-daemon-light
/usr/local/lib/lab/certificate mail.example.test /etc/exim4/exim.pem 90 self-signed
chown Debian-exim /etc/exim4/exim.pem
cat >/etc/exim4/exim4.conf <<'END'
tls_advertise_hosts = *
tls_certificate = /etc/exim4/exim.pem
acl_smtp_rcpt = deny
host_lookup =
begin acl
deny: deny
END
systemctl restart exim4
iptables -I INPUT -p tcp --dport 25 -j ACCEPT
