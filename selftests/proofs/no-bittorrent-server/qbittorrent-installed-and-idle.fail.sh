# hosts: debian12
# profile: alliance
# Installed and not running: anybody who logs in can start it.
/usr/local/lib/lab/install qbittorrent-nox
