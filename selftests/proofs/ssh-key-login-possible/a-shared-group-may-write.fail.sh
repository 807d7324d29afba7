# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# A group with other members may write to the files or to the folder above.
groupadd staff2
usermod -aG staff2 admin
usermod -aG staff2 plain
for file in /root/.ssh/authorized_keys /home/admin/.ssh /home/plain/.ssh/authorized_keys; do
    chgrp staff2 $file
    chmod g+w $file
done
