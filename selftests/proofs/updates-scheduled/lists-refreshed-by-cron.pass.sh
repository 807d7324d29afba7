# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# Neither apt's timer nor its settings refresh the lists, cron does; and the origins are spelt in short, with wildcards.
systemctl mask --quiet --now apt-daily.timer
sed -i '/Update-Package-Lists/d' /etc/apt/apt.conf.d/20auto-upgrades
echo '10 3 * * * root apt-get -qq update' >/etc/cron.d/lists
cat >/etc/apt/apt.conf.d/99local <<END
#clear Unattended-Upgrade::Allowed-Origins;
#clear Unattended-Upgrade::Origins-Pattern;
Unattended-Upgrade::Origins-Pattern { "o=\${distro_id}, n=\${distro_codename}*"; };
END
