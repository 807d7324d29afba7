# hosts: ubuntu2404 debian12
# profile: alliance
# reason: a stranger: keyboard-interactive at 22/tcp over IPv4
# As in strangers-are-passed-on-to-another-sshd, and passwords are asked for by PAM. Root is not asked for any, everybody else is.
cat >/etc/ssh/other_config <<'END'
PasswordAuthentication no
UsePAM yes
KbdInteractiveAuthentication yes
Match User root
    KbdInteractiveAuthentication no
END
/usr/local/lib/lab/container 7022 /usr/sbin/sshd -D -f /etc/ssh/other_config -p 7022 -o PidFile=none
/usr/local/lib/lab/publish 22 7022 ip saddr != 10.99.0.0/24
