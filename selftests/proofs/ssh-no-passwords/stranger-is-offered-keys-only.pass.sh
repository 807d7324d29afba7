# hosts: ubuntu2204 debian12 debian13
# profile: alliance
# Everybody gets to sshd, and to a dropbear on another port. A stranger who asks both is offered keys.
/usr/local/lib/lab/install dropbear-bin >/dev/null
systemd-run --quiet --unit=dropbear-2 dropbear -F -R -s -p 2222 -r /run/dropbear_key
nft add rule inet filter input tcp dport '{ 22, 2222 }' accept
