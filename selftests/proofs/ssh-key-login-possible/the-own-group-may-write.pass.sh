# hosts: debian12 debian11 debian13
# profile: alliance
# Debian's sshd does not mind a group that has nobody else in it.
chmod 664 /root/.ssh/authorized_keys /home/admin/.ssh/authorized_keys /home/plain/.ssh/authorized_keys
