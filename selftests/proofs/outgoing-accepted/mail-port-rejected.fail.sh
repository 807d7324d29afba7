# hosts: debian12
# profile: ibm-hpvs
# One port is shut, with an answer.
iptables -A OUTPUT -p tcp -m tcp --dport 25 -j REJECT --reject-with tcp-reset
