# hosts: centos debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# A script of cron.daily in the place of a line of cron.
rm /etc/cron.d/log-digest
printf '#!/bin/sh\nset -e\njournalctl -q -p err --since=-1d |\n    curl -s --data-binary @- http://10.99.0.1/digest\n' >/usr/local/sbin/digest
chmod 755 /usr/local/sbin/digest
echo '@daily root /usr/local/sbin/digest' >/etc/cron.d/digest
