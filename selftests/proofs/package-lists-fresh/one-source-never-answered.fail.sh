# hosts: debian11 debian12 debian13
# profile: alliance
# The lists of one source are missing; `apt-get update` only warns about it.
cat >/etc/apt/sources.list.d/more.sources <<'END'
Types: deb
URIs: http://deb.debian.org/debian
Suites: bookworm-backports
Components: main
END
apt-get -q update -o Acquire::http::Timeout=1 -o Acquire::Retries=0 || true
