# hosts: debian11 debian12 debian13 ubuntu2404
# profile: alliance
# The plain case: packages from somebody else.
echo 'deb http://packages.example.org/debian stable main' >/etc/apt/sources.list.d/more.list
