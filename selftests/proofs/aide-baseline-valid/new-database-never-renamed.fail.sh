# hosts: debian13 debian12 debian11 fedora centos
# profile: ibm-hpvs
# `aide --init` writes beside the database; somebody has to put it in its place.
mv /var/lib/aide/aide.db /var/lib/aide/aide.db.new
