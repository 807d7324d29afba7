# hosts: debian12 debian11 debian13 fedora centos
# profile: ibm-hpvs
# gzip_dbout=yes, as distributions ship it, and the name that was right before AIDE 0.17.
gzip -n /var/lib/aide/aide.db
sed -i 's|^database_in=.*|@@define DBDIR /var/lib/aide\ndatabase_in=file:@@{DBDIR}/aide.db.gz|' /etc/aide/aide.conf
