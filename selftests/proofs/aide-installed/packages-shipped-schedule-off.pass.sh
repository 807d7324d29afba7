# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Installed, while its own daily timer is off and masked.
systemctl mask --quiet dailyaidecheck.timer
