# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# What was not declared is private, whatever it is.
systemd-run --quiet --unit=page python3 -m http.server 8888
sleep 1
nft add rule inet filter input tcp dport 8888 accept
