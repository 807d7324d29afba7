# hosts: debian12 debian13 ubuntu2404
# profile: alliance
# The strange host is the second address of an entry, on a line of its own.
cat >/etc/apt/sources.list.d/more.sources <<'END'
# Debian
Types: deb
URIs: http://deb.debian.org/debian
# and
 http://packages.example.org/debian
Suites: stable
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
