# hosts: debian13 debian12
# profile: ibm-hpvs
# Debian's own configuration: 200 files, some of them programs that print rules. A baseline of a part will do here.
cp /usr/share/aide/config/aide/aide.conf /etc/aide/aide.conf
chown _aide /var/lib/aide/aide.db
