# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: ibm-hpvs
# Root may read them and nobody may write: other modes than expected, and better ones (thread 59, wazuh #33221).
chmod 400 /etc/iptables/iptables.conf /etc/iptables/ip6tables.conf
chmod 500 /etc/iptables
