# hosts: debian12 debian11 debian13
# profile: alliance
# Keywords know no letter case (thread 43, wazuh #34513).
printf 'PASSWORDAUTHENTICATION no\nkbdinteractiveauthentication "no"\n' >/etc/ssh/sshd_config.d/10-keys-only.conf
systemctl reload ssh
