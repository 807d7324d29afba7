# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# systemd asks nobody's password: what timers start goes on.
chage --lastday 2026-01-01 --maxdays 90 root
