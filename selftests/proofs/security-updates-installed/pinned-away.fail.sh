# hosts: debian12
# profile: alliance
# A pin keeps every upgrade from the security archive from being offered.
/usr/local/lib/lab/offer-update bash security
cat >/etc/apt/preferences.d/no-security <<'END'
Package: *
Pin: release l=Debian-Security
Pin-Priority: -1
END
[ "$(apt-get -s dist-upgrade | grep -c ^Inst)" = 0 ]
