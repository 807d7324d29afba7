# hosts: debian11 debian12 debian13 ubuntu2404
# profile: alliance
# A strange source that is switched off, in both formats.
cat >/etc/apt/sources.list.d/more.sources <<'END'
Types: deb
URIs: http://packages.example.org/debian
Suites: stable
Components: main
Trusted: yes
Enabled: no
END
echo '#deb [trusted=yes] http://packages.example.org/debian stable main' >>/etc/apt/sources.list
