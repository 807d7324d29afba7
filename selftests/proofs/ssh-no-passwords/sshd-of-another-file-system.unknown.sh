# hosts: debian12 debian11 debian13
# profile: alliance
# An sshd that sees other files than we do (as one in a container does) cannot be asked.
systemd-run --quiet --unit=boxed --property=PrivateTmp=yes /usr/sbin/sshd -D -p 2222 -o PidFile=none
sleep 1
