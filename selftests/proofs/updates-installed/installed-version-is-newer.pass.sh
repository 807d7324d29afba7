# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# A package that somebody built is newer than what the archive has.
sed -i '/^Package: sed$/,/^$/s/^Version: .*/&+own1/' /var/lib/dpkg/status
dpkg-query -W sed | grep own1
