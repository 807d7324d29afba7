# hosts: debian11 debian12 debian13 ubuntu2404
# profile: ibm-hpvs
# The host was off for a night; the last check before that went well, the next one is minutes away.
sed -i 's/^\(Start\|End\) timestamp: ....-..-.. /\1 timestamp: 2026-10-01 /' /var/log/aide/aide.log
touch -d 2026-10-01 /var/log/aide/aide.log
