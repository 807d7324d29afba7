# hosts: debian12 debian11 debian13
# profile: alliance
# A user links the key file to something that blocks whoever reads it; the others are looked at all the same.
rm /home/plain/.ssh/authorized_keys
ln -s /proc/kmsg /home/plain/.ssh/authorized_keys
mkfifo /home/admin/.ssh/authorized_keys2
