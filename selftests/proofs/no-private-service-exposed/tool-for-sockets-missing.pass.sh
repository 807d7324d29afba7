# hosts: debian12 debian11 debian13
# profile: alliance
# Without ss the kernel's own table is read; nothing is open.
rm /usr/bin/ss
