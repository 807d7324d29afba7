# A host that meets the alliance profile. Runs as root in the host's root file system before its first boot.
set -eu

cat >/etc/ssh/sshd_config.d/10-keys-only.conf <<'END'
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin no

# The lab's own log-in, which its inventory declares.
Match User root Address 10.99.0.0/24
    PermitRootLogin prohibit-password
END

cat >/etc/fail2ban/jail.d/sshd.local <<'END'
[DEFAULT]
# The admin network, which must never lock itself out.
ignoreip = 127.0.0.1/8 ::1 10.99.0.0/24 fd99::/64
banaction = nftables-multiport
banaction_allports = nftables-allports

[sshd]
enabled = true
backend = systemd
END
systemctl enable --quiet fail2ban.service

# Where nftables.service of this distribution looks.
nftables_rules=$(sed -n 's|^ExecStart=.* \(/etc/[^ ]*\)$|\1|p' /lib/systemd/system/nftables.service)
cat >"$nftables_rules" <<'END'
#!/usr/sbin/nft -f
flush ruleset

table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		iif "lo" accept
		ct state established,related accept
		ct state invalid drop
		meta l4proto { icmp, ipv6-icmp } accept
		ip saddr 10.99.0.0/24 tcp dport 22 accept
		ip6 saddr fd99::/64 tcp dport 22 accept
	}
	chain forward {
		type filter hook forward priority filter; policy drop;
	}
	chain output {
		type filter hook output priority filter; policy accept;
	}
}
END
systemctl enable --quiet nftables.service

if [ -d /etc/apt ]; then
    cat >/etc/apt/apt.conf.d/20auto-upgrades <<'END'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
END
    # What a day of these leaves behind; the lab renews it at every boot.
    touch /var/lib/apt/periodic/update-stamp /var/lib/apt/periodic/download-upgradeable-stamp
fi
if command -v dnf >/dev/null; then
    echo '17 4 * * * root dnf -q -y update' >/etc/cron.d/update
fi

mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=persistent\n' >/etc/systemd/journald.conf.d/keep.conf
systemctl enable --quiet logrotate.timer
logrotate --state /var/lib/logrotate/status /etc/logrotate.conf
echo '30 6 * * * root journalctl -q -p warning --since=-1d | logger -n 10.99.0.1 -t digest' >/etc/cron.d/log-digest

# Every night; in real life to a repository elsewhere. The lab renews the trace of the last run at every boot.
cat >/etc/systemd/system/backup.service <<'END'
[Unit]
Description=Copy what matters on this host

[Service]
Type=oneshot
ExecStart=/usr/bin/borg create /srv/backup::{now} /etc /var/lib/systemd
END
cat >/etc/systemd/system/backup.timer <<'END'
[Timer]
OnCalendar=daily

[Install]
WantedBy=timers.target
END
systemctl enable --quiet backup.timer
borg init --encryption=none /srv/backup
borg create /srv/backup::first /etc /var/lib/systemd
