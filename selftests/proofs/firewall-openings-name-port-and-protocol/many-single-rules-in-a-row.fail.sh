# hosts: debian13 debian12 fedora
# profile: alliance
# No rule holds a range; together they are one.
for port in 9000 9001 9002 9003 9004 9005; do
    nft add rule inet filter input tcp dport $port accept
done
