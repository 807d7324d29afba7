# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# The script of cron.daily ends at once where systemd runs: it leaves the work to the timer, which is masked.
systemctl mask --quiet --now apt-daily-upgrade.timer
ls /etc/cron.daily/apt-compat
