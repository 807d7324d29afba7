# hosts: debian11 debian12 debian13
# profile: ibm-hpvs
# The rule with sums is still there; a longer one comes first for programs.
sed -i 's|^/usr/s?bin Content|/usr/s?bin/[^/]+$ Outline|; s|^/s?bin Content|/s?bin Outline|' /etc/aide/aide.conf
