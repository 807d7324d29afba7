# hosts: ubuntu2404 debian12 debian11 debian13 ubuntu2204 fedora centos
# profile: alliance
# The mode looks like that of wtmp; somebody who logs in is in the group.
groupadd operators
usermod -aG operators plain
chgrp operators /var/log/fail2ban.log
chmod 660 /var/log/fail2ban.log
