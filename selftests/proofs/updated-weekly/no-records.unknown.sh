# hosts: debian11 debian12 debian13
# profile: alliance
# Updates are waiting since nobody knows when: apt's log was thrown away.
/usr/local/lib/lab/offer-update bash bugfix
rm -f /var/log/apt/history.log* /var/lib/apt/periodic/upgrade-stamp
