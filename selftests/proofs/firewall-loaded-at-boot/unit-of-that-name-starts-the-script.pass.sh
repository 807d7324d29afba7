# hosts: centos fedora debian12 debian13
# profile: ibm-hpvs
# What newer systemd needs, which no longer makes units of init scripts.
cat >/etc/systemd/system/firewall.service <<'END'
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/etc/init.d/firewall start
[Install]
WantedBy=multi-user.target
END
rm /etc/rc?.d/*firewall
systemctl daemon-reload
systemctl enable --quiet firewall.service
systemctl restart firewall.service
