# hosts: ubuntu2204 debian12 debian13
# profile: ibm-hpvs
# What changes all the time is left out, with `!`, and nothing else.
printf '!/etc/mtab$\n!/etc/adjtime$\n!/usr/tmp\n' >>/etc/aide/aide.conf
