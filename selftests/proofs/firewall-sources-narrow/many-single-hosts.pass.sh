# hosts: ubuntu2404 debian12 debian11
# profile: alliance
# Machines all over the world, each by its address; a wide rule that comes too late; the link itself.
nft -f - <<'END'
add rule inet filter input ip saddr { 192.0.2.1, 198.51.100.7, 203.0.113.0/24, 10.0.0.0/16 } tcp dport 5432 accept
add rule inet filter input ip6 saddr fe80::/10 udp dport 5355 accept
add rule inet filter input tcp dport 5432 drop
add rule inet filter input ip saddr 10.0.0.0/8 tcp dport 5432 accept
END
