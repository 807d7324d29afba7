# hosts: debian12
# profile: alliance
# The name of a trusted host is there, as the user's name or at the wrong end.
echo 'deb http://deb.debian.org@packages.example.org/debian stable main' >/etc/apt/sources.list.d/more.list
echo 'deb http://deb.debian.org.example.org/debian stable main' >>/etc/apt/sources.list.d/more.list
