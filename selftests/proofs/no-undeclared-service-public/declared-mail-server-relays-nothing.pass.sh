# hosts: ubuntu2404 debian12
# profile: alliance
# inventory: hostproof_public_ports: [25/tcp]
# It takes mail for its own domain from everybody, and passes on mail of its own network only.
/usr/local/lib/lab/install exim4-daemon-light
/usr/local/lib/lab/exim '10.99.0.0/24'
nft add rule inet filter input tcp dport 25 accept
