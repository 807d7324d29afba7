# hosts: debian12
# profile: alliance
# os-release was edited, /etc/debian_version was not.
sed -i 's/^VERSION_ID=.*/VERSION_ID="13"/' /usr/lib/os-release
