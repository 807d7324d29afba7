# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# Without the database nobody knows what is installed; that must not read as nothing.
echo 'not a package' >>/var/lib/dpkg/status
