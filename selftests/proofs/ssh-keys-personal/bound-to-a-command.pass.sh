# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A backup's key opens both accounts, and only for its command.
ssh-keygen -q -t ed25519 -N '' -C backup@vault -f /root/backup
for user in admin plain; do sed 's/^/restrict,command="borg serve" /' /root/backup.pub >>/home/$user/.ssh/authorized_keys; done
rm /root/backup /root/backup.pub
