# hosts: centos fedora debian11 debian12 debian13
# profile: alliance
# What fail2ban adds is in no file, and fail2ban makes it again.
fail2ban-client set sshd banip 198.51.100.9
until nft list table inet f2b-table >/dev/null 2>&1; do sleep 0.1; done
