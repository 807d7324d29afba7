# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# A bare % ends the command: the shell gets half a substitution and runs nothing.
sed -i 's|aide.log|aide-$(date +%F).log|' /etc/cron.d/aide-check
grep -q '%F' /etc/cron.d/aide-check
