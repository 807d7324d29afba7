# hosts: debian12 debian11 debian13 ubuntu2204 fedora centos
# profile: ibm-hpvs
# No folder is named at all.
sed -i '/^\//d' /etc/aide/aide.conf
printf '!/proc\n!/sys\n!/var\n/ R+sha512\n' >>/etc/aide/aide.conf
