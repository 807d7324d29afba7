# hosts: debian12 debian13 ubuntu2204
# profile: ibm-hpvs
# nftables.service does as well; the document asks for the init script, a profile may allow both.
rm /etc/init.d/firewall /etc/rc?.d/*firewall
nft list ruleset >/etc/nftables.conf
systemctl daemon-reload
systemctl enable --quiet nftables.service
