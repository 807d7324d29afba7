# hosts: debian12 debian11 debian13
# profile: alliance
# The action calls firewall-cmd, which is not installed.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
banaction = firewallcmd-rich-rules
END
fail2ban-client reload >/dev/null
