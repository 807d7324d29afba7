# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# Copied by the wrong user: sshd ignores what neither root nor the account owns.
chown plain /root/.ssh/authorized_keys /home/admin/.ssh/authorized_keys
chown admin /home/plain/.ssh/authorized_keys
