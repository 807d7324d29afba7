# hosts: ubuntu2204 ubuntu2404
# profile: alliance
# unattended-upgrades runs every day and may take packages from nowhere.
echo '#clear Unattended-Upgrade::Allowed-Origins;' >/etc/apt/apt.conf.d/99local
