# Debian's programs that present themselves as Fedora Linux 44: a real rpm database, real dnf answers, real services.
# on: debian12
# packages: dnf rpm createrepo-c dnf-plugins-core gpg gpg-agent
# inside: every rpm
# steps: rpm-host.sh

export distribution=fedora release=44 dist=.fc44 repositories='fedora updates'
cat >/usr/lib/os-release <<'END'
NAME="Fedora Linux"
VERSION="44 (Cloud Edition)"
RELEASE_TYPE=stable
ID=fedora
VERSION_ID=44
VERSION_CODENAME=""
PLATFORM_ID="platform:f44"
PRETTY_NAME="Fedora Linux 44 (Cloud Edition)"
CPE_NAME="cpe:/o:fedoraproject:fedora:44"
HOME_URL="https://fedoraproject.org/"
SUPPORT_END=2027-06-02
VARIANT="Cloud Edition"
VARIANT_ID=cloud
END
echo 'Fedora release 44 (Forty Four)' >/etc/fedora-release
