# hosts: debian12
# profile: alliance
# Somebody is still logged in with a shell from before an update: nothing that a restart of the host would have to mend.
cp /usr/bin/sleep /usr/bin/helper
systemd-run --quiet --unit=helper --slice=user-1001.slice --uid=plain /usr/bin/helper 10000
sleep 0.5
rm /usr/bin/helper
