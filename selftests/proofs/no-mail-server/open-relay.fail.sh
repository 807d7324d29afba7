# hosts: debian13 debian12 ubuntu2204
# profile: alliance
# reason: passes on mail of strangers to strangers
# Exim passes on whatever anybody gives it.
/usr/local/lib/lab/install exim4-daemon-light
/usr/local/lib/lab/exim '0.0.0.0/0 ; ::/0'
nft add rule inet filter input tcp dport 25 accept
