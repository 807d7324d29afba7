# hosts: debian12 debian11 debian13 fedora centos
# profile: alliance
# Entries that no boot waits for.
printf '%s\n' '/dev/vdz1 /data ext4 defaults,nofail 0 2' '/dev/vdz2 /backup ext4 noauto 0 0' \
    'files.example.org:/home /home/shared nfs _netdev 0 0' 'tmpfs /srv tmpfs size=1m 0 0' >>/etc/fstab
