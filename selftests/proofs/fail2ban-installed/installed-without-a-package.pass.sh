# hosts: debian12 debian11 debian13
# profile: alliance
# Installed as pip does it: no package, but the program is there.
cp -p /usr/bin/fail2ban-client /usr/bin/fail2ban-server /usr/local/bin/
cp -r /usr/lib/python3/dist-packages/fail2ban "$(python3 -c 'import site; print(site.getsitepackages()[0])')"/
dpkg --purge fail2ban >/dev/null
