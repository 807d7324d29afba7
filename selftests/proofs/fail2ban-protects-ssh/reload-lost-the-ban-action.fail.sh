# hosts: debian12 debian11 debian13
# profile: alliance
# The settings on disk are right. fail2ban drops a ban action that has changed when it is reloaded, and bans
# nobody since.
printf '[sshd]\nbanaction = nftables-allports\n' >/etc/fail2ban/jail.d/zz-proof.local
fail2ban-client reload >/dev/null
