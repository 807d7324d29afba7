# Debian's programs that present themselves as CentOS Stream 9: a real rpm database, real dnf answers, real services.
# on: debian12
# packages: dnf rpm createrepo-c dnf-plugins-core gpg gpg-agent
# inside: every rpm
# steps: rpm-host.sh

export distribution=centos release=9 dist=.el9 repositories='baseos appstream'
cat >/usr/lib/os-release <<'END'
NAME="CentOS Stream"
VERSION="9"
ID="centos"
ID_LIKE="rhel fedora"
VERSION_ID="9"
PLATFORM_ID="platform:el9"
PRETTY_NAME="CentOS Stream 9"
CPE_NAME="cpe:/o:centos:centos:9"
HOME_URL="https://centos.org/"
VENDOR_NAME="CentOS"
END
echo 'CentOS Stream release 9' >/etc/centos-release
