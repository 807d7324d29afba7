# hosts: debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Clear MQTT, on its usual port, is for programs of the host. What the network gets is TLS, on a port that says nothing.
/usr/local/lib/lab/install mosquitto
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=mqtt -keyout /etc/mosquitto/mqtt.key -out /etc/mosquitto/mqtt.crt 2>/dev/null
chown mosquitto /etc/mosquitto/mqtt.key
printf '%s\n' 'listener 1883 127.0.0.1' 'listener 2883' 'certfile /etc/mosquitto/mqtt.crt' 'keyfile /etc/mosquitto/mqtt.key' \
    >/etc/mosquitto/conf.d/lab.conf
systemctl restart mosquitto
for tool in iptables ip6tables; do for port in 1883 2883; do "$tool" -I INPUT -p tcp --dport $port -j ACCEPT; done; done
