# hosts: ubuntu2204 debian11 debian12 debian13 fedora
# profile: alliance
# Images for containers often name a disk in fstab and crypttab. systemd passes over devices there; hosts of the lab are containers.
# (thread 57, cnspec-policies #366)
printf '%s\n' 'LABEL=cloudimg-rootfs / ext4 defaults 0 1' '/dev/vdz1 /data ext4 defaults 0 2' >>/etc/fstab
echo 'data UUID=1d3f2f0e-5f3e-4a3b-9f67-7b0e4a2d9c11 none luks' >>/etc/crypttab
