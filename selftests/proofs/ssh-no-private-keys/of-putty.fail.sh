# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# PuTTY's own format.
cat >/home/plain/laptop.ppk <<'END'
PuTTY-User-Key-File-3: ssh-ed25519
Encryption: none
Comment: plain@laptop
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIJgFLoR7xFvBJCsfcbSuqNUmDBUpX6hrrE3j6Vov
0aZ9
Private-Lines: 1
AAAAIBcYBnKOvH3CQ6YlnlHe0geF3fpds4ItvIDKubNYea+A
Private-MAC: 6d0c0b0e5d9d8a4c7f4a7cb54d8f0e9c1f1b7a63e4a2d1c0b9a8f7e6d5c4b3a2
END
