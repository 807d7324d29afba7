# hosts: debian12 debian13
# profile: alliance
# A source that names a file of trusted hosts, as in Debian's cloud images.
mkdir -p /etc/apt/mirrors
printf '# by cloud-init\nhttps://deb.debian.org/debian\n' >/etc/apt/mirrors/debian.list
cat >/etc/apt/sources.list.d/debian.sources <<'END'
Types: deb deb-src
URIs: mirror+file:///etc/apt/mirrors/debian.list
Suites: stable stable-updates
Components: main
END
