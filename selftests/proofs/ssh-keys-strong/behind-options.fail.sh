# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# Options stand before the key, with blanks in quotes and another key in a comment.
echo 'from="10.0.0.0/8",command="echo ssh-ed25519 AAAA",restrict ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQClk/8V2qb8Z5mgQRKkartwOhKOmI3ZsAFUfLpifDCcVUEOzKMfKRA6MWJWHWcD5f7DkG6vmzjrlZy48weu10Y4b9clBUdu3l/+1QQccYgdXL0MPg/ArUz1Qyep9QP8kto4C2LAfnz70i6y59zumeAaebyFlHMziGqjVPgKZAxtCw== ssh-ed25519' >>/root/.ssh/authorized_keys
