# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A weak key that is commented out, one that has expired, one that is revoked.
{
    echo '# ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQClk/8V2qb8Z5mgQRKkartwOhKOmI3ZsAFUfLpifDCcVUEOzKMfKRA6MWJWHWcD5f7DkG6vmzjrlZy48weu10Y4b9clBUdu3l/+1QQccYgdXL0MPg/ArUz1Qyep9QP8kto4C2LAfnz70i6y59zumeAaebyFlHMziGqjVPgKZAxtCw== short@desk'
    echo 'expiry-time="20200101" ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQClk/8V2qb8Z5mgQRKkartwOhKOmI3ZsAFUfLpifDCcVUEOzKMfKRA6MWJWHWcD5f7DkG6vmzjrlZy48weu10Y4b9clBUdu3l/+1QQccYgdXL0MPg/ArUz1Qyep9QP8kto4C2LAfnz70i6y59zumeAaebyFlHMziGqjVPgKZAxtCw== short@desk'
} >>/home/admin/.ssh/authorized_keys
ssh-keygen -q -t rsa -b 1024 -N '' -f /root/revoked
cat /root/revoked.pub >>/home/admin/.ssh/authorized_keys
mv /root/revoked.pub /etc/ssh/revoked
rm /root/revoked
echo 'RevokedKeys /etc/ssh/revoked' >/etc/ssh/sshd_config.d/90-revoked.conf
systemctl try-reload-or-restart ssh.service sshd.service
