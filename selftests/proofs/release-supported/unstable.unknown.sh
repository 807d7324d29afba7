# hosts: debian12
# profile: alliance
# Debian unstable is no release; nobody promises it security updates.
sed -i '/^VERSION/d' /usr/lib/os-release
echo forky/sid >/etc/debian_version
