# hosts: ubuntu2204 debian12 debian13
# profile: alliance
# No network is wider than a /17; rules and a set make a /14 of them, with one address banned.
nft -f - <<'END'
add set inet filter clients { type ipv4_addr; flags interval; }
add element inet filter clients { 10.4.0.0/17, 10.4.128.0/17, 10.5.0.0/17, 10.5.128.0/17 }
add rule inet filter input ip saddr 10.5.1.2 drop
add rule inet filter input ip saddr @clients tcp dport 5432 accept
add rule inet filter input ip saddr { 10.6.0.0/17, 10.6.128.0/17 } tcp dport 5432 accept
add rule inet filter input ip saddr { 10.7.0.0/17, 10.7.128.0/17 } tcp dport { 5432, 5433 } accept
END
