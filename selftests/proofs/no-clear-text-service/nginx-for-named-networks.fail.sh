# hosts: debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Port 80 is open to the administrators only, so no visitor of the web is let down; what they read is in clear.
/usr/local/lib/lab/install nginx-light
iptables -I INPUT -s 10.99.0.0/24 -p tcp --dport 80 -j ACCEPT
