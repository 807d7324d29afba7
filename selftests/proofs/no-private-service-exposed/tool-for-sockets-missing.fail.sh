# hosts: debian12 debian11 debian13
# profile: alliance
# Without ss the kernel's own table tells that sshd is open.
rm /usr/bin/ss
nft add rule inet filter input tcp dport 22 accept
