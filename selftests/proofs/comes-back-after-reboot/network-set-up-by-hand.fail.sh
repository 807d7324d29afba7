# hosts: debian12 debian11 debian13 fedora
# profile: alliance
# The network daemon was started, and never enabled.
mkdir -p /etc/systemd/network
printf '[Match]\nName=nothing*\n' >/etc/systemd/network/10-site.network
systemctl start systemd-networkd.service
