# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Twelve minutes by name, and the days by name.
sed -i 's|^\*/5 \* \* \* \* root|0,5,10,15,20,25,30,35,40,45,50,55 * * jan-dec sun-sat root|' /etc/cron.d/aide-check
grep -q aide /etc/cron.d/aide-check
