# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# reason: password expired on
# Passwords were given an age, and root's, which is locked and that nobody uses, has reached it: PAM turns cron away, line by line.
chage --lastday 2026-01-01 --maxdays 90 root
