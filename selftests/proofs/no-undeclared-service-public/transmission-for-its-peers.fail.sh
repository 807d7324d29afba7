# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# Its web page is for loopback and named networks; its port for peers, which it opens to whoever comes, is not.
/usr/local/lib/lab/install transmission-daemon
until ss -ltn | grep -q ':51413'; do sleep 0.1; done
nft add rule inet filter input tcp dport 51413 accept
nft add rule inet filter input ip saddr 10.99.0.0/24 tcp dport 9091 accept
