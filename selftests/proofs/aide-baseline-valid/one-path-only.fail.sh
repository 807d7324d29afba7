# hosts: ubuntu2404 debian12 debian11 debian13
# profile: ibm-hpvs
# Valid, fresh, and blind for all but one folder.
sed -i '/^\//d' /etc/aide/aide.conf
echo '/etc/ssh Content' >>/etc/aide/aide.conf
aide --init --config=/etc/aide/aide.conf >/dev/null
mv /var/lib/aide/aide.db.new /var/lib/aide/aide.db
