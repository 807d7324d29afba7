# hosts: debian12 debian11 debian13
# profile: alliance
# What was not declared is private, whatever it is.
systemd-run --quiet --unit=page python3 -m http.server 8888
sleep 1
nft add rule inet filter input tcp dport 8888 accept
