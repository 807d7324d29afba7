# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# The options come from a file that is not read: it may be a check.
echo OPTIONS=--check >/etc/default/aide-check
echo '*/5 * * * * root . /etc/default/aide-check && /usr/bin/aide --config=/etc/aide/aide.conf $OPTIONS' >/etc/cron.d/aide-check
