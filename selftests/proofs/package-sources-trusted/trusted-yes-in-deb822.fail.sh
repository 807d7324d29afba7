# hosts: debian11 debian12 debian13 ubuntu2404
# profile: alliance
# A trusted host, but nobody checks what it sends.
cat >/etc/apt/sources.list.d/more.sources <<'END'
Types: deb
URIs: http://deb.debian.org/debian
Suites: stable
Components: main
trusted: YES
END
