# hosts: debian12 debian13
# profile: alliance
# dpkg still knows an old version of a removed package, which the security archive has a newer one of.
cat >>/var/lib/dpkg/status <<'END'

Package: chromium
Status: deinstall ok config-files
Priority: optional
Section: web
Maintainer: lab <lab@localhost>
Architecture: amd64
Version: 1.0-1
Config-Version: 1.0-1
Description: removed

END
grep -q '^Package: chromium$' /var/lib/apt/lists/*-security_main_binary-*_Packages
