# hosts: debian12 debian11 debian13
# profile: alliance
# Removed, with its configuration kept (`rc`).
/usr/local/lib/lab/install transmission-daemon
apt-get -q -y remove transmission-daemon
