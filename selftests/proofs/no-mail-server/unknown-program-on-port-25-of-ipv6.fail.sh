# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A program of no name takes mail, on loopback of IPv6 alone: testinfra's socket check does not see it.
cp "$(readlink -f /usr/bin/python3)" /usr/local/bin/notifier
systemd-run --quiet --unit=notifier /usr/local/bin/notifier -m http.server --bind ::1 25
sleep 1
ss -ltn | grep -q '\[::1\]:25 '
