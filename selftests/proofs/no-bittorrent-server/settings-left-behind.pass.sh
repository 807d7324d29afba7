# hosts: debian12
# profile: alliance
# Removed, with its configuration kept (`rc`).
/usr/local/lib/lab/install transmission-daemon
apt-get -q -y remove transmission-daemon
