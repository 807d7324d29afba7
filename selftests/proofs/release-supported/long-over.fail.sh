# hosts: debian12
# profile: alliance
# Debian 10 went out of long-term support in 2024, and shows no pending update ever since.
sed -i -e 's/12 (bookworm)/10 (buster)/' -e 's/"12"/"10"/' -e 's/=bookworm/=buster/' /usr/lib/os-release
echo 10.13 >/etc/debian_version
