# hosts: debian12
# profile: alliance
# No package, and a port of its own choice: the running program tells.
/usr/local/lib/lab/install rtorrent
cp /usr/bin/rtorrent /opt/rtorrent
dpkg --remove rtorrent
mkdir /var/tmp/rt
systemd-run --quiet --unit=rt /opt/rtorrent -n -d /var/tmp/rt -s /var/tmp/rt -p 40000-40000 -o system.daemon.set=true
sleep 1
systemctl -q is-active rt
