# hosts: centos fedora debian12 debian13
# profile: ibm-hpvs
# IPv4 is as saved.
ip6tables -A INPUT -p tcp --dport 3306 -j ACCEPT
