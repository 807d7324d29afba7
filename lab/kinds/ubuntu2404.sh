# Debian 13 that presents itself as Ubuntu 24.04: os-release, package sources and lists say Ubuntu, the packages are Debian's.
# on: debian13
# inside: every debian
# steps: ubuntu-names.sh

export release=24.04 codename=noble
cat >/usr/lib/os-release <<'END'
PRETTY_NAME="Ubuntu 24.04.3 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
VERSION="24.04.3 LTS (Noble Numbat)"
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
UBUNTU_CODENAME=noble
END
