# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# sshd is stopped: nothing takes passwords, or anything else.
systemctl disable --quiet --now ssh.service
