# hosts: debian12
# profile: alliance
# apt stops at such a line.
echo 'dep http://packages.example.org/debian stable main' >>/etc/apt/sources.list
