# hosts: debian12 debian13
# profile: alliance
# Nobody needs the lists of a source that is switched off.
cat >/etc/apt/sources.list.d/more.sources <<'END'
Types: deb
Enabled: no
URIs: http://deb.debian.org/debian
Suites: bookworm-backports
Components: main
END
echo '# deb http://deb.debian.org/debian experimental main' >>/etc/apt/sources.list
