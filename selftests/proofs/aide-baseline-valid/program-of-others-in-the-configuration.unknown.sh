# hosts: debian12 debian11 debian13 fedora centos
# profile: ibm-hpvs
# AIDE runs what @@x_include names; whoever only looks must not.
printf '#!/bin/sh\ntouch /root/was-run\necho "/opt Content"\n' >/etc/aide/local-rules
chmod 755 /etc/aide/local-rules
echo '@@x_include /etc/aide/local-rules' >>/etc/aide/aide.conf
