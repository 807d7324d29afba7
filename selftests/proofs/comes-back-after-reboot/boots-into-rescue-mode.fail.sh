# hosts: centos debian11 debian12 debian13
# profile: alliance
# What somebody forgot after a repair.
systemctl set-default --quiet rescue.target
