# hosts: debian12 debian11 debian13
# profile: alliance
# An unprivileged user runs an sshd: nothing of it is run as root to ask it.
ssh-keygen -q -t ed25519 -N '' -f /home/plain/host_key
chown plain: /home/plain/host_key
systemd-run --quiet --unit=plain-sshd --uid=plain /usr/sbin/sshd -D -p 2222 -h /home/plain/host_key -o PidFile=none
sleep 1
