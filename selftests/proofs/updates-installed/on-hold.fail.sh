# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404
# profile: alliance
# A full upgrade changes nothing and says "0 upgraded"; the package is kept back.
/usr/local/lib/lab/offer-update bash bugfix
apt-mark hold bash
apt-get -s dist-upgrade | grep '^0 upgraded, 0 newly installed, 0 to remove and 1 not upgraded'
