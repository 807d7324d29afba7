# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# AIDE is given an option that ends in a carriage return and stops.
sed -i '/aide/s|>.*||; s|$|\r|' /etc/cron.d/aide-check
