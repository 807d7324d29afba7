# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Keywords know no letter case; `sshd -T` prints small letters (thread 43, wazuh #34513).
rm /etc/ssh/sshd_config.d/10-keys-only.conf
printf 'PASSWORDAUTHENTICATION no\nPERMITROOTLOGIN no\n' >/etc/ssh/sshd_config.d/05-capitals.conf
systemctl try-reload-or-restart ssh.service sshd.service
