# Debian's programs that present themselves as Fedora Linux 43: a real rpm database, real dnf answers, real services.
# on: debian12
# packages: dnf rpm createrepo-c dnf-plugins-core gpg gpg-agent
# inside: every rpm
# steps: rpm-host.sh

export distribution=fedora release=43 dist=.fc43 repositories='fedora updates'
cat >/usr/lib/os-release <<'END'
NAME="Fedora Linux"
VERSION="43 (Cloud Edition)"
RELEASE_TYPE=stable
ID=fedora
VERSION_ID=43
VERSION_CODENAME=""
PLATFORM_ID="platform:f43"
PRETTY_NAME="Fedora Linux 43 (Cloud Edition)"
CPE_NAME="cpe:/o:fedoraproject:fedora:43"
HOME_URL="https://fedoraproject.org/"
SUPPORT_END=2026-12-02
VARIANT="Cloud Edition"
VARIANT_ID=cloud
END
echo 'Fedora release 43 (Forty Three)' >/etc/fedora-release
