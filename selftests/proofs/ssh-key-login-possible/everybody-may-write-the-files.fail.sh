# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# The keys are there, but StrictModes makes sshd ignore files that others can write.
chmod 666 /root/.ssh/authorized_keys /home/admin/.ssh/authorized_keys
chmod 777 /home/plain
