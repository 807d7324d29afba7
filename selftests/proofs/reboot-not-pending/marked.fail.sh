# hosts: debian12 ubuntu2404
# profile: alliance
# What the hooks of kernel packages leave behind.
echo '*** System restart required ***' >/run/reboot-required
echo linux-base >/run/reboot-required.pkgs
