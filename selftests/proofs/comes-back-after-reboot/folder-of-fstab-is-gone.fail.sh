# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Without `nofail` a boot stops in the emergency mode. What is bound here was on a disk that was taken away.
echo '/srv/disk/data /data none bind 0 0' >>/etc/fstab
