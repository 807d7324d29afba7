# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# Cloud images lock the password of the account whose key they install; with PAM the key still opens it.
rm -r /root/.ssh /home/plain/.ssh
passwd --quiet --lock admin
