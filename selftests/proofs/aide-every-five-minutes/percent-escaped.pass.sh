# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# \% is a plain % to the shell.
sed -i 's|aide.log|aide-$(date +\\%F).log|' /etc/cron.d/aide-check
grep -qF '\%F' /etc/cron.d/aide-check
