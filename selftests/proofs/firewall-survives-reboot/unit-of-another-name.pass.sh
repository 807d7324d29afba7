# hosts: debian12 debian11 debian13 fedora centos
# profile: alliance
# A service of the site's own loads the same file, and is done.
file=$(systemctl show --value --property=ExecStart nftables.service | sed -n 's/.*nft -f \(\/[^ ]*\) .*/\1/p')
systemctl disable --quiet nftables.service
cat >/etc/systemd/system/site-rules.service <<END
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'nft -f $file'
[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable --quiet --now site-rules.service
