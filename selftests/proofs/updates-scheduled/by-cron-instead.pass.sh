# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# Without unattended-upgrades, by a line of cron.
systemctl disable --quiet --now apt-daily-upgrade.timer
echo '0 5 * * 1,4 root apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq dist-upgrade' >/etc/cron.d/upgrade
