# hosts: debian12
# profile: alliance
# Programs that generate code keep it in files that they delete at once.
cp /usr/bin/sleep /var/tmp/generated
systemd-run --quiet --unit=generated /var/tmp/generated 10000
sleep 0.5
rm /var/tmp/generated
