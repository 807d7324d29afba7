# hosts: fedora
# profile: alliance
# A Fedora lives for thirteen months.
sed -i 's/43/41/g' /usr/lib/os-release
