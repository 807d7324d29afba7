# hosts: debian12 debian11 debian13
# profile: alliance
# Without the database nobody knows what is installed.
echo 'not a package' >>/var/lib/dpkg/status
