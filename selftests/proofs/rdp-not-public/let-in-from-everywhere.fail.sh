# hosts: ubuntu2404 debian12 debian13
# profile: alliance
/usr/local/lib/lab/install xrdp
systemctl restart xrdp
until ss -ltn | grep -q :3389; do sleep 0.1; done
nft add rule inet filter input tcp dport 3389 accept
