# hosts: debian12 debian11 debian13
# profile: alliance
# Installed and not running: anybody who logs in can start it.
/usr/local/lib/lab/install qbittorrent-nox
