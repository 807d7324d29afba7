# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# AllowUsers names an account that has no key (thread 45, UBUNTU22-CIS #65).
useradd --create-home --shell /bin/bash nokey
echo 'AllowUsers nokey' >/etc/ssh/sshd_config.d/05-allow.conf
systemctl reload ssh
