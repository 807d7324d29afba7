# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# In clear, where nobody else can hear it, while the firewall would let everybody in.
/usr/local/lib/lab/install memcached
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 11211 -j ACCEPT; done
