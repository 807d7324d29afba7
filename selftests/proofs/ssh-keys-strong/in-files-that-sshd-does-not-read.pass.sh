# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Files that a search finds and sshd does not look at.
for name in authorized_keys.bak known_hosts id_rsa.pub; do echo 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQClk/8V2qb8Z5mgQRKkartwOhKOmI3ZsAFUfLpifDCcVUEOzKMfKRA6MWJWHWcD5f7DkG6vmzjrlZy48weu10Y4b9clBUdu3l/+1QQccYgdXL0MPg/ArUz1Qyep9QP8kto4C2LAfnz70i6y59zumeAaebyFlHMziGqjVPgKZAxtCw== short@desk' >/home/admin/.ssh/$name; done
