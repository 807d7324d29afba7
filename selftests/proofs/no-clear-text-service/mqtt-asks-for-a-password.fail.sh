# hosts: centos debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: ibm-hpvs
# reason: it answers CONNECT without encryption
# A password keeps strangers out, and the firewall lets in a few networks: whoever is on the way there reads the password.
/usr/local/lib/lab/install mosquitto
mosquitto_passwd -b -c /etc/mosquitto/passwords sensor secret
chown mosquitto /etc/mosquitto/passwords
printf '%s\n' 'listener 1883' 'allow_anonymous false' 'password_file /etc/mosquitto/passwords' >/etc/mosquitto/conf.d/lab.conf
systemctl restart mosquitto
iptables -I INPUT -p tcp -s 10.99.0.0/24 --dport 1883 -j ACCEPT
