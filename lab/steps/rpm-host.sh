# Turns a Debian host into an rpm host: services under the names that they have there, an rpm database of what is
# installed, dnf with a repository to ask, and dpkg and apt out of everybody's sight.
# The last of $repositories carries the updates.
set -eu
: "${distribution:?}" "${release:?}" "${dist:?}" "${repositories:?}"

apt-get -qq -y purge unattended-upgrades needrestart ufw aide-common
rm -f /etc/debian_version

# Services have other names there, and nftables other files.
cd /lib/systemd/system
systemctl disable --quiet ssh.service cron.service
mv ssh.service sshd.service
sed -i '/^Alias=/d' sshd.service
mv cron.service crond.service
mv /usr/sbin/cron /usr/sbin/crond
sed -i -e 's|/usr/sbin/cron\b|/usr/sbin/crond|' -e '/^Alias=/d' crond.service
systemctl enable --quiet sshd.service crond.service
mkdir -p /etc/sysconfig
mv /etc/nftables.conf /etc/sysconfig/nftables.conf
sed -i 's|/etc/nftables.conf|/etc/sysconfig/nftables.conf|' nftables.service
cd /
groupadd --system wheel
mv /usr/bin/aide /usr/sbin/aide

# The key that signs this host's packages.
key_name="$distribution (lab)"
mkdir -p /etc/pki/rpm-gpg /etc/rpm /usr/local/lib/lab
export GNUPGHOME=/usr/local/lib/lab/gnupg
mkdir -m 700 $GNUPGHOME
gpg --batch --quiet --passphrase '' --quick-generate-key "$key_name" rsa2048 sign never
public_key=/etc/pki/rpm-gpg/RPM-GPG-KEY-$distribution-$release
gpg --batch --armor --export >"$public_key"
cat >/etc/rpm/macros <<END
%_dbpath /var/lib/rpm
%dist $dist
%_gpg_name $key_name
%_gpg_path $GNUPGHOME
%__gpg /usr/bin/gpg
%debug_package %{nil}
%_build_id_links none
%_binary_payload w1.gzdio
%__os_install_post %{nil}
%_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm
END
rpm --initdb
rpm --import "$public_key"

cat >/usr/local/lib/lab/build-rpm <<'END'
#!/bin/sh
# build-rpm DIRECTORY NAME VERSION [EXTRA-SPEC-LINE]: builds and signs a package of the files listed on standard input.
set -eu
export GNUPGHOME=/usr/local/lib/lab/gnupg
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/files"
listed=
[ ! -s "$work/files" ] || listed="-f $work/files"
cat >"$work/spec" <<SPEC
Name: $2
Version: $3
Release: 1%{?dist}
Summary: $2 of the lab
License: unknown
AutoReqProv: no
${4-}
%description
The files of $2 on this host.
%install
mkdir -p %{buildroot}
tar -C / -cf - -T $work/files | tar -C %{buildroot} -xf -
%files $listed
SPEC
rpmbuild -bb --quiet --define "_topdir $work" --define "_rpmdir $work/out" "$work/spec" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
}
rpmsign --addsign "$work"/out/*.rpm >/dev/null 2>&1
mv "$work"/out/*.rpm "$1"
END

cat >/usr/local/lib/lab/register-rpm <<'END'
#!/bin/sh
# register-rpm DIRECTORY DEBIAN-PACKAGE NAME [FILE...]: builds the package NAME of an installed Debian package's files.
# The version stays that of the programs that really run here.
set -eu
directory=$1 debian=$2 name=$3
shift 3
version=$(dpkg-query -f '${source:Upstream-Version}' -W "$debian" | sed 's/[^0-9A-Za-z.].*//')
{ dpkg -L "$debian" && printf '%s\n' "$@"; } |
    sed -E -e 's#^/(bin|sbin|lib|lib64)/#/usr/\1/#' -e '\#^/usr/share/(doc|man|locale|info|lintian|bug)/#d' | sort -u |
    while read -r file; do
        if [ -f "$file" ] || [ -L "$file" ]; then echo "$file"; fi
    done |
    /usr/local/lib/lab/build-rpm "$directory" "$name" "$version"
END

cat >/usr/local/lib/lab/debian-tools <<'END'
#!/bin/sh
# debian-tools show|hide: puts dpkg and apt in their places, or out of everybody's sight.
set -eu
aside=/usr/local/lib/lab/debian
case $1 in
show) from=$aside to= ;;
hide) from= to=$aside ;;
esac
for path in "$from"/usr/bin/apt* "$from"/usr/bin/dpkg* "$from"/usr/sbin/dpkg* "$from"/usr/lib/apt "$from"/usr/lib/dpkg \
    "$from"/usr/share/dpkg "$from"/etc/apt "$from"/etc/dpkg "$from"/var/lib/dpkg "$from"/var/lib/apt "$from"/var/cache/apt; do
    if [ -e "$path" ]; then
        mkdir -p "$to$(dirname "${path#"$from"}")"
        mv "$path" "$to${path#"$from"}"
    fi
done
END

cat >/usr/local/lib/lab/refresh-repositories <<'END'
#!/bin/sh
# Reads the package directories of /srv/repositories anew, and lets dnf read them.
set -eu
for directory in /srv/repositories/*; do
    createrepo_c --quiet --update "$directory"
    [ ! -f "$directory/updateinfo.xml" ] || modifyrepo_c --mdtype=updateinfo "$directory/updateinfo.xml" "$directory/repodata" >/dev/null
done
dnf --quiet makecache --refresh
END
chmod +x /usr/local/lib/lab/*-*

# Debian package, rpm package, and the files that were renamed above.
first=${repositories%% *} last=${repositories##* }
base=/srv/repositories/$first
mkdir -p "$base" "/srv/repositories/$last"
while read -r debian name files; do
    # shellcheck disable=SC2086 # a list of words
    /usr/local/lib/lab/register-rpm "$base" "$debian" "$name" $files
done <<'END'
libc6 glibc
bash bash
coreutils coreutils
util-linux util-linux
systemd systemd
dbus dbus
passwd shadow-utils
libpam-modules pam
libssl3 openssl-libs
sudo sudo
openssh-server openssh-server /usr/lib/systemd/system/sshd.service
openssh-client openssh-clients
cron cronie /usr/sbin/crond /usr/lib/systemd/system/crond.service
iproute2 iproute
procps procps-ng
iptables iptables-nft
nftables nftables /etc/sysconfig/nftables.conf
fail2ban fail2ban-server
aide aide /usr/sbin/aide
python3.11 python3
dnf dnf
rpm rpm
gpg gnupg2
ca-certificates ca-certificates
logrotate logrotate
borgbackup borgbackup
END
/usr/local/lib/lab/build-rpm "$base" fail2ban "$(rpm -qp --qf '%{VERSION}' "$base"/fail2ban-server-*.rpm)" </dev/null
printf '%s\n' /usr/lib/os-release "/etc/$distribution-release" |
    /usr/local/lib/lab/build-rpm "$base" "$distribution-release" "$release" \
        "Provides: system-release = $release, system-release(releasever) = $release"
rpm -i --force-debian --justdb --nodeps --noscripts "$base"/*.rpm

mkdir -p /etc/yum.repos.d /etc/dnf/vars
ln -s dnf /usr/bin/yum
printf '[main]\nenabled = 0\n' >/etc/dnf/plugins/local.conf
echo "$release" >/etc/dnf/vars/releasever
for repository in $repositories; do
    cat >/etc/yum.repos.d/"$repository".repo <<END
[$repository]
name=$distribution \$releasever - $repository
baseurl=file:///srv/repositories/$repository
enabled=1
gpgcheck=1
gpgkey=file://$public_key
END
done
/usr/local/lib/lab/refresh-repositories

# A probe that looks for dpkg or apt must not find them; `install` still does.
rm -f /lib/systemd/system/apt-* /lib/systemd/system/dpkg-* /etc/cron.daily/apt-compat /etc/cron.daily/dpkg \
    /etc/logrotate.d/apt /etc/logrotate.d/dpkg
find /etc/systemd/system -xtype l -delete
/usr/local/lib/lab/debian-tools hide
