# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: ibm-hpvs
# The chain of fail2ban, and the jump to it, are not in the file.
fail2ban-client set sshd banip 198.51.100.9
until iptables-save | grep -q '^-A f2b-'; do sleep 0.1; done
