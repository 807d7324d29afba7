# hosts: fedora
# profile: alliance
# A real transaction of dnf, whose record is dated back.
/usr/local/lib/lab/offer-update sudo bugfix
dnf -q -y update
python3 -c "
import sqlite3
history = sqlite3.connect('/var/lib/dnf/history.sqlite')
history.execute('update trans set dt_begin = dt_begin - 2592000, dt_end = dt_end - 2592000')
history.commit()"
/usr/local/lib/lab/offer-update bash bugfix
