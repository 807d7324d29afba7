# hosts: debian12
# profile: alliance
# apt refuses to work with such a source, and nobody knows what it was to be.
echo 'deb http://deb.debian.org/debian' >>/etc/apt/sources.list
