# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# What opens that account cannot be compared with the others.
mknod /dev/fuse c 10 229
exec 9<>/dev/fuse
mount -i -t fuse -o fd=9,rootmode=40000,user_id=1001,group_id=1001 none /home/plain
