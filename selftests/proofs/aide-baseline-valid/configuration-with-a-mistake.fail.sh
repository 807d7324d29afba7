# hosts: debian12 debian11 debian13 fedora centos
# profile: ibm-hpvs
# The baseline is there; no check uses it again.
echo '/opt NoSuchGroup' >>/etc/aide/aide.conf
