# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Whether it is configured is another question.
rm -r /etc/aide /var/lib/aide
