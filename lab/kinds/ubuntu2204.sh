# Debian 12 that presents itself as Ubuntu 22.04: os-release, package sources and lists say Ubuntu, the packages are Debian's.
# on: debian12
# inside: every debian
# steps: ubuntu-names.sh

export release=22.04 codename=jammy
cat >/usr/lib/os-release <<'END'
PRETTY_NAME="Ubuntu 22.04.5 LTS"
NAME="Ubuntu"
VERSION_ID="22.04"
VERSION="22.04.5 LTS (Jammy Jellyfish)"
VERSION_CODENAME=jammy
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
UBUNTU_CODENAME=jammy
END
