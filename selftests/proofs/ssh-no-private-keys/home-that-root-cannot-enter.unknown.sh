# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# What lies in that home is seen by its owner alone.
mknod /dev/fuse c 10 229
exec 9<>/dev/fuse
mount -i -t fuse -o fd=9,rootmode=40000,user_id=1001,group_id=1001 none /home/plain
