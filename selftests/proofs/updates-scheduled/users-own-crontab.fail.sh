# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# reason: it runs as plain, who may not install anything
# The line is right, in root's crontab.
systemctl disable --quiet --now apt-daily-upgrade.timer
echo '0 5 * * 1,4 apt-get -qq update && apt-get -qq dist-upgrade' | crontab -u plain -
