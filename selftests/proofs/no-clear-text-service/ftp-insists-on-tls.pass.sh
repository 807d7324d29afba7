# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: ibm-hpvs
# Nobody logs in without TLS, though the first words are in clear.
/usr/local/lib/lab/install vsftpd
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=ftp -keyout /etc/ssl/ftp.pem -out /etc/ssl/ftp.crt 2>/dev/null
sed -i '/ssl/d; /^rsa/d' /etc/vsftpd.conf
printf '%s\n' ssl_enable=YES force_local_logins_ssl=YES allow_anon_ssl=YES force_anon_logins_ssl=YES \
    rsa_cert_file=/etc/ssl/ftp.crt rsa_private_key_file=/etc/ssl/ftp.pem >>/etc/vsftpd.conf
systemctl restart vsftpd
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 21 -j ACCEPT; done
