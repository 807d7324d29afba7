# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# 0/5 is every five minutes to other programs; this cron rejects the line and with it the file.
sed -i 's|^\*/5 \* \* \* \* root|0/5 * * * * root|' /etc/cron.d/aide-check
grep -q aide /etc/cron.d/aide-check
