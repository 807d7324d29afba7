# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404
# profile: alliance
# The settings are right, the service is there, its timer is not: systemctl's status for a unit that does not exist has been
# taken for "enabled", and for an error (thread 50, testinfra #801, #647).
systemctl stop apt-daily-upgrade.timer
rm /lib/systemd/system/apt-daily-upgrade.timer
systemctl daemon-reload
systemctl cat apt-daily-upgrade.service >/dev/null
