# hosts: ubuntu2404 debian12 debian13
# profile: alliance
# Variables, spellings of another hand, comments: the kernel makes the same of it.
cat >/etc/nftables.conf <<'END'
flush ruleset
define admins = 10.99.0.0/24
add table inet filter
table inet filter {
    # answers
    chain input {
        type filter hook input priority 0; policy drop
        iif lo accept comment "this host itself"
        ct state { established, related } accept; ct state invalid drop
        meta l4proto { icmp, icmpv6 } accept
        ip saddr $admins tcp dport ssh accept
        ip6 saddr fd99::/64 tcp dport ssh accept
    }
    chain forward { type filter hook forward priority 0; policy drop; }
    chain output { type filter hook output priority 0; }
}
END
nft -f /etc/nftables.conf
