# hosts: ubuntu2404 debian11 debian12 fedora
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [ftp.example.test]
/usr/local/lib/lab/install vsftpd
/usr/local/lib/lab/certificate ftp.example.test /etc/ssl/ftp.pem 90 self-signed
sed -i '/ssl/d; /^rsa/d' /etc/vsftpd.conf
printf '%s\n' ssl_enable=YES force_local_logins_ssl=YES allow_anon_ssl=YES force_anon_logins_ssl=YES \
    rsa_cert_file=/etc/ssl/ftp.pem rsa_private_key_file=/etc/ssl/ftp.pem >>/etc/vsftpd.conf
systemctl restart vsftpd
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 21 -j ACCEPT; done
