# hosts: ubuntu2204 debian12 ubuntu2404
# profile: alliance
# The upgrade of yesterday ended with an error.
/usr/local/lib/lab/offer-update bash bugfix
day=$(date -d '1 day ago' '+%Y-%m-%d  %H:%M:%S')
mkdir -p /var/log/apt
cat >/var/log/apt/history.log <<END

Start-Date: $day
Commandline: apt-get dist-upgrade
Upgrade: bash:amd64 (5.2-1, 5.2-2)
Error: Sub-process /usr/bin/dpkg returned an error code (1)
End-Date: $day
END
