# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# No update came out since the last upgrade a month ago.
day=$(date -d '30 days ago' '+%Y-%m-%d  %H:%M:%S')
mkdir -p /var/log/apt
cat >/var/log/apt/history.log <<END

Start-Date: $day
Commandline: apt-get -y dist-upgrade
Upgrade: bash:amd64 (5.2-1, 5.2-2)
End-Date: $day
END
