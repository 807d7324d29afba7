# hosts: debian12 fedora
# profile: alliance
# Without /etc/os-release the file of the vendor counts.
rm -f /etc/os-release
