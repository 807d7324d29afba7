# hosts: debian12 debian11 debian13
# profile: alliance
# The daemon that everybody looks at is fine; a second one is not.
printf 'Port 2222\nPidFile /run/sshd-2.pid\nUsePAM yes\nPasswordAuthentication yes\n' >/etc/ssh/sshd_config_2
systemd-run --quiet --unit=sshd-2 /usr/sbin/sshd -D -f /etc/ssh/sshd_config_2
sleep 1
