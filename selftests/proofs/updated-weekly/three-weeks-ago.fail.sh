# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204
# profile: alliance
# Updates are waiting, and the last full upgrade is on record with its date.
/usr/local/lib/lab/offer-update bash bugfix
day=$(date -d '21 days ago' '+%Y-%m-%d  %H:%M:%S')
mkdir -p /var/log/apt
cat >/var/log/apt/history.log <<END

Start-Date: $day
Commandline: apt-get -y dist-upgrade
Upgrade: bash:amd64 (5.2-1, 5.2-2)
End-Date: $day
END
