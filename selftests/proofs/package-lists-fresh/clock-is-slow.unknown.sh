# hosts: debian12 fedora
# profile: alliance
# By a clock that is ten days slow, lists look younger than they are.
printf '#!/bin/sh\nexec /usr/bin/date -d "-10 days" "$@"\n' >/usr/local/bin/date
chmod 755 /usr/local/bin/date
