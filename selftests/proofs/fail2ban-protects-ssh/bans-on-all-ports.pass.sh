# hosts: debian12 debian11 debian13
# profile: alliance
# sshd listens on two ports; the ban is for all there are.
printf 'Port 22\nPort 2222\n' >/etc/ssh/sshd_config.d/20-ports.conf
systemctl restart ssh
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
banaction = nftables-allports
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
