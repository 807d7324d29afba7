# hosts: centos debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# The firewall lets everybody in to 8888, where only loopback listens, and named networks to 8889, where all addresses do.
systemd-run --quiet --unit=page python3 -m http.server --bind 127.0.0.1 8888
systemd-run --quiet --unit=pages python3 -m http.server --bind :: 8889
until ss -ltn | grep -q ':8888' && ss -ltn | grep -q ':8889'; do sleep 0.1; done
nft add rule inet filter input tcp dport 8888 accept
nft add rule inet filter input ip saddr 10.99.0.0/24 tcp dport 8889 accept
nft add rule inet filter input ip6 saddr fd99::/64 tcp dport 8889 accept
