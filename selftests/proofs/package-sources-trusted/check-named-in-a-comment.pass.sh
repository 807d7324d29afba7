# hosts: fedora centos
# profile: alliance
# A comment switches nothing off, and a drop-in of dnf5 is nothing to dnf 4.
for repo in /etc/yum.repos.d/*.repo; do sed -i '1a # gpgcheck=0' "$repo"; done
mkdir -p /etc/dnf/repos.override.d
printf '[*]\ngpgcheck=0\n' >/etc/dnf/repos.override.d/50-more.repo
