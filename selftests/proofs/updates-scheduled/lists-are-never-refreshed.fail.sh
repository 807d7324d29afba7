# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# reason: nothing refreshes the lists
# apt has two timers. One of them installs what the lists know of; the other one, which refreshes the lists, is masked.
systemctl mask --quiet --now apt-daily.timer
systemctl is-active --quiet apt-daily-upgrade.timer
