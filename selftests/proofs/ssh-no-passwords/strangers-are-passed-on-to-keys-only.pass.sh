# hosts: centos debian12
# profile: alliance
# Everybody but administrators is passed on to another sshd, in a container, which takes keys only.
cat >/etc/ssh/other_config <<'END'
PasswordAuthentication no
KbdInteractiveAuthentication no
END
/usr/local/lib/lab/container 7022 /usr/sbin/sshd -D -f /etc/ssh/other_config -p 7022 -o PidFile=none
/usr/local/lib/lab/publish 22 7022 ip saddr != 10.99.0.0/24
