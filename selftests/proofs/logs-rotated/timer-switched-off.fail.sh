# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The settings are all there. What Debian puts into cron.daily leaves the work to the timer.
systemctl disable --quiet --now logrotate.timer
