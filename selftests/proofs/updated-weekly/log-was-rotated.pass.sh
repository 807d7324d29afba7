# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# The upgrade of the day before yesterday stands in the log that was packed since; something new came out meanwhile.
/usr/local/lib/lab/offer-update bash bugfix
day=$(date -d '2 days ago' '+%Y-%m-%d  %H:%M:%S')
mkdir -p /var/log/apt
cat >/var/log/apt/history.log <<END

Start-Date: $day
Commandline: apt-get --yes full-upgrade
Upgrade: bash:amd64 (5.2-1, 5.2-2)
End-Date: $day
END
gzip /var/log/apt/history.log
mv /var/log/apt/history.log.gz /var/log/apt/history.log.1.gz
: >/var/log/apt/history.log
