# hosts: debian12
# profile: alliance
# A release that the table does not know.
sed -i 's/^VERSION_ID=.*/VERSION_ID="27"/' /usr/lib/os-release
echo 27.1 >/etc/debian_version
