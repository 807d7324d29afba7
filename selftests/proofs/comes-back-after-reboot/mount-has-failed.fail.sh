# hosts: debian12 debian13 debian11
# profile: alliance
# It fails now, and will at the next boot.
printf '[Mount]\nWhat=/srv/image\nWhere=/data\nType=ext4\n[Install]\nWantedBy=local-fs.target\n' >/etc/systemd/system/data.mount
systemctl daemon-reload
systemctl enable --quiet data.mount
systemctl start data.mount || true
