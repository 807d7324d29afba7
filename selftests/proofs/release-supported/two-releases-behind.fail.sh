# hosts: fedora
# profile: alliance
# A Fedora lives for thirteen months.
sed -i 's/^VERSION_ID=.*/VERSION_ID=42/' /usr/lib/os-release
