# hosts: ubuntu2404 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# reason: mosquitto \(MQTT\) at .*:2883/tcp
# No question of nmap's makes it speak there. The host knows the program, whatever the port.
/usr/local/lib/lab/install mosquitto
printf '%s\n' 'listener 2883' 'allow_anonymous true' >/etc/mosquitto/conf.d/lab.conf
systemctl restart mosquitto
nft add rule inet filter input tcp dport 2883 accept
