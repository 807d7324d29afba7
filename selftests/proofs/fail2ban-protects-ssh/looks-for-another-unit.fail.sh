# hosts: debian12 debian11 debian13
# profile: alliance
# It reads the journal, but only the messages of a unit that sshd does not run in here.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
journalmatch = _SYSTEMD_UNIT=sshd.service
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
