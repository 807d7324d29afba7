# hosts: debian12 fedora
# profile: alliance
# A service that does not run as root, in a program that was updated.
cp /usr/bin/sleep /usr/bin/helper
systemd-run --quiet --unit=helper --uid=plain /usr/bin/helper 10000
sleep 0.5
cp /usr/bin/sleep /usr/bin/helper.new
mv /usr/bin/helper.new /usr/bin/helper
