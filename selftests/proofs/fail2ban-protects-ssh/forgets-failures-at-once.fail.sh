# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# reason: forgets failures after 5 seconds
# Five failures within five seconds: whoever guesses once in two seconds goes on for ever.
sed -i '/^\[sshd\]/a findtime = 5' /etc/fail2ban/jail.d/sshd.local
systemctl restart fail2ban.service
until fail2ban-client get sshd actions >/dev/null 2>&1; do sleep 0.2; done
