# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# Configured, and nothing starts it.
systemctl disable --quiet --now apt-daily-upgrade.timer
