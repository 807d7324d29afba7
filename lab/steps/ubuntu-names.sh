# Gives Debian's package lists the names that they would have on Ubuntu.
# Ubuntu's own archive cannot be asked here; apt believes lists that it has, so all its answers name Ubuntu.
set -eu
: "${release:?}" "${codename:?}"

cd /var/lib/apt/lists
for list in *_dists_*; do
    suite=${list#*_dists_}
    suite=${suite%%_*}
    case $suite in
    *-security) site=security.ubuntu.com pocket=$codename-security ;;
    *-updates) site=archive.ubuntu.com pocket=$codename-updates ;;
    *) site=archive.ubuntu.com pocket=$codename ;;
    esac
    case $list in
    *_InRelease)
        sed -i -e 's/^Origin: .*/Origin: Ubuntu/' -e 's/^Label: .*/Label: Ubuntu/' -e "s/^Suite: .*/Suite: $pocket/" \
            -e "s/^Codename: .*/Codename: $codename/" -e "s/^Version: .*/Version: $release/" "$list"
        ;;
    esac
    mv "$list" "${site}_ubuntu_dists_$pocket${list#*_dists_"$suite"}"
done
cd /

# The key ring of that name is Debian's: nothing is ever fetched with it.
keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg
cp /usr/share/keyrings/debian-archive-keyring.gpg $keyring
cat >/etc/apt/sources.list <<END
deb [signed-by=$keyring] http://archive.ubuntu.com/ubuntu $codename main
deb [signed-by=$keyring] http://archive.ubuntu.com/ubuntu $codename-updates main
deb [signed-by=$keyring] http://security.ubuntu.com/ubuntu $codename-security main
END
rm -f /etc/apt/sources.list.d/*
rm -f /etc/apt/trusted.gpg.d/debian-* /etc/debian_version
cat >/etc/apt/apt.conf.d/50unattended-upgrades <<'END'
Unattended-Upgrade::Allowed-Origins {
	"${distro_id}:${distro_codename}";
	"${distro_id}:${distro_codename}-security";
};
END
# Ubuntu's update-notifier leaves this stamp after every reading of the lists.
touch /var/lib/apt/periodic/update-success-stamp
apt-cache gencaches
