# hosts: debian13 debian11 debian12 ubuntu2404 fedora
# profile: alliance
# A job that cleans up has failed; it keeps nobody away.
printf '[Service]\nType=oneshot\nExecStart=/bin/false\n' >/etc/systemd/system/clean-up.service
systemctl daemon-reload
systemctl start clean-up.service || true
