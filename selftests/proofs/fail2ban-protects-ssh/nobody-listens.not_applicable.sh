# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# Without an SSH server there is nothing to guard.
systemctl disable --quiet --now ssh.service
