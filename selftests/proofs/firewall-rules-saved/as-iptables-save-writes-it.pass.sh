# hosts: debian12 debian11 debian13 fedora centos
# profile: ibm-hpvs
# Counters, time stamps, other tables, comments of the site: what is loaded is the same.
{ echo '# our rules'; iptables-save -c; } >/etc/iptables/iptables.conf
ip6tables-save -c >/etc/iptables/ip6tables.conf
