# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Found by name in a shell of root, but not in the PATH that this file sets.
sed -i -e 's|^PATH=.*|PATH=/usr/local/bin|' -e 's|root /usr/bin/aide|root aide|' /etc/cron.d/aide-check
grep -q 'root aide' /etc/cron.d/aide-check
