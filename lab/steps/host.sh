# The accounts and the switches that every lab host has, the newest packages, and .deb files for proofs.
set -eu

useradd --create-home --shell /bin/bash --password '*' admin
useradd --create-home --shell /bin/bash --password '*' plain
echo 'admin ALL=(ALL:ALL) NOPASSWD: ALL' >/etc/sudoers.d/admin
chmod 440 /etc/sudoers.d/admin
for home in /root /home/admin /home/plain; do
    mkdir -p $home/.ssh
    chmod 700 $home/.ssh
    cp /tmp/lab-key.pub $home/.ssh/authorized_keys
    chmod 600 $home/.ssh/authorized_keys
    chown -R --reference=$home $home/.ssh
done
rm /tmp/lab-key.pub

# Nothing here has a console or a disk to check; what a golden state does not use stays off.
systemctl mask --quiet console-getty.service getty.target e2scrub_reap.service e2scrub_all.timer
systemctl disable --quiet dailyaidecheck.timer ufw.service 2>/dev/null || true
sed -i 's/^ENABLED=.*/ENABLED=no/' /etc/ufw/ufw.conf

export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y full-upgrade
apt-get clean
mkdir -p /var/cache/lab-debs/partial
apt-cache pkgnames | sort >/tmp/lab-known
# shellcheck disable=SC2086 # a list of words
grep -v '^#' /tmp/lab-debs.txt | while read -r together; do
    known=$(echo "$together" | tr ' ' '\n' | sort | comm -12 - /tmp/lab-known)
    # An archive that is no longer tended may lack a file that its lists name.
    apt-get -qq -y install --download-only --no-install-recommends -o Dir::Cache::Archives=/var/cache/lab-debs $known ||
        echo "lab: not all of these could be fetched:" $known
done
rm /tmp/lab-debs.txt /tmp/lab-known
rm -f /var/cache/lab-debs/lock
# Every command of apt would otherwise spend two seconds on making this anew after each reset.
apt-cache gencaches
