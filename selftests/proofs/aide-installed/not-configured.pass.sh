# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Whether it is configured is another question.
rm -r /etc/aide /var/lib/aide
