# hosts: debian12 debian11 ubuntu2204
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [mail.example.test]
# The certificate is right. A suite that nobody's OpenSSL offers any more is agreed to when somebody asks for it.
/usr/local/lib/lab/install exim4-daemon-light
/usr/local/lib/lab/certificate mail.example.test /etc/exim4/exim.pem
chown Debian-exim /etc/exim4/exim.pem
cat >/etc/exim4/exim4.conf <<'END'
tls_advertise_hosts = *
tls_certificate = /etc/exim4/exim.pem
tls_require_ciphers = NORMAL:-VERS-TLS1.0:-VERS-TLS1.1:+3DES-CBC
acl_smtp_rcpt = deny
host_lookup =
begin acl
deny: deny
END
systemctl restart exim4
iptables -I INPUT -p tcp --dport 25 -j ACCEPT
