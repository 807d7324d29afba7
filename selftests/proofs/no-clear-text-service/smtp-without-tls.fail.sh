# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# reason: it offers no encryption \(STARTTLS\)
# Exim for everybody, and it offers no TLS.
/usr/local/lib/lab/install exim4-daemon-light
sed -i '1i tls_advertise_hosts =' /etc/exim4/exim4.conf.template
/usr/local/lib/lab/exim
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 25 -j ACCEPT; done
