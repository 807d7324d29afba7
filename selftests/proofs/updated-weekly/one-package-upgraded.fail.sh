# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# Somebody upgraded one package yesterday, and nothing else for weeks.
/usr/local/lib/lab/offer-update bash bugfix
day=$(date -d '1 day ago' '+%Y-%m-%d  %H:%M:%S')
mkdir -p /var/log/apt
cat >/var/log/apt/history.log <<END

Start-Date: $day
Commandline: apt-get install --only-upgrade bash
Upgrade: bash:amd64 (5.2-1, 5.2-2)
End-Date: $day
END
