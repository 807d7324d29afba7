# hosts: debian12
# profile: alliance
# Without the database nobody knows what is installed.
echo 'not a package' >>/var/lib/dpkg/status
