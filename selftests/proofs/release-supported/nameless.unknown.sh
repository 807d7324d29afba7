# hosts: debian12 fedora
# profile: alliance
# Nobody says what this is.
rm -f /etc/os-release /usr/lib/os-release
