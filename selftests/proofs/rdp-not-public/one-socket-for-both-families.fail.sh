# hosts: debian13 debian12 ubuntu2404
# profile: alliance
# One socket of IPv6 takes IPv4 as well, and the firewall opens the port for IPv4 alone: who looks for a socket at 0.0.0.0 finds
# none and calls the desktop private (thread 47, goss #149; thread 48, testinfra #389).
/usr/local/lib/lab/install xrdp
systemctl restart xrdp
until ss -Hltne 'sport = :3389' | grep -q v6only:0; do sleep 0.1; done
nft add rule inet filter input meta nfproto ipv4 tcp dport 3389 accept
