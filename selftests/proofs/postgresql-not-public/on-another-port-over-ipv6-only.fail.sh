# hosts: ubuntu2404 debian12 debian13
# profile: alliance
# IPv4 is on loopback and filtered, IPv6 is neither, and the port is none of PostgreSQL's.
# Others have not seen what is open over IPv6 alone (thread 52, nmap #1281; thread 49, inspec #3209).
/usr/local/lib/lab/install postgresql
conf=$(echo /etc/postgresql/*/main)
printf '%s\n' "listen_addresses = '127.0.0.1, ::'" 'port = 15432' >>"$conf/postgresql.conf"
systemctl restart postgresql
until ss -ltn | grep -q '\[::\]:15432'; do sleep 0.1; done
nft add rule inet filter input ip6 nexthdr tcp tcp dport 15432 accept
