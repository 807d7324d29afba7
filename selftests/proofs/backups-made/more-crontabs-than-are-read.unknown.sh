# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# reason: more than 100 users have crontabs
# One of very many users may well have a job that makes backups; so many crontabs are not read.
systemctl disable --quiet --now backup.timer
for number in $(seq 101); do install -m 600 /dev/null "/var/spool/cron/crontabs/user$number"; done
