# hosts: debian12 debian13
# profile: alliance
# The program was copied under a harmless name and its package removed; only its port gives it away.
/usr/local/lib/lab/install transmission-daemon
cp /usr/bin/transmission-daemon /usr/local/bin/backup-agent
apt-get -q -y purge transmission-daemon
systemd-run --quiet --unit=backup-agent /usr/local/bin/backup-agent --foreground --config-dir /var/tmp/agent
for _ in 1 2 3 4 5 6 7 8 9 10; do ss -ltn | grep -q :51413 && break; sleep 1; done
ss -ltn | grep -q :51413
