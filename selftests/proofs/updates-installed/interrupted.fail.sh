# hosts: debian12 debian11 debian13
# profile: alliance
# An installation that never ended: apt refuses to go on, and there is nothing newer to install.
dpkg --unpack /var/cache/lab-debs/memcached_*.deb
