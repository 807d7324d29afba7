# hosts: debian12 debian13 fedora
# profile: alliance
# reason: a stranger: password at 22/tcp over IPv4
# Administrators get to the host's own sshd. Everybody else is passed on to another one, in a container, which takes passwords.
cat >/etc/ssh/other_config <<'END'
PasswordAuthentication yes
KbdInteractiveAuthentication no
END
/usr/local/lib/lab/container 7022 /usr/sbin/sshd -D -f /etc/ssh/other_config -p 7022 -o PidFile=none
/usr/local/lib/lab/publish 22 7022 ip saddr != 10.99.0.0/24
