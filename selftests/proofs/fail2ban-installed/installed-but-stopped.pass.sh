# hosts: debian12 debian11 debian13
# profile: alliance
# Whether it runs is another question.
systemctl disable --quiet --now fail2ban
