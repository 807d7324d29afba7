# hosts: debian12 debian13
# profile: alliance
# inventory: hostproof_public_ports: [25/tcp]
# reason: passes on mail of strangers to strangers
# That it takes mail was declared, not that it takes everybody's mail to everybody.
/usr/local/lib/lab/install exim4-daemon-light
/usr/local/lib/lab/exim '0.0.0.0/0 ; ::/0'
nft add rule inet filter input tcp dport 25 accept
