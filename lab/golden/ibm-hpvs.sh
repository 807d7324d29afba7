# A host that meets the ibm-hpvs profile: what alliance asks for, with iptables in the place of nftables, and AIDE.
# after: alliance
set -eu

systemctl disable --quiet nftables.service
rm "${nftables_rules:?}"

# Of the ports that the page lists, only those are open behind which something listens.
mkdir -p /etc/iptables
cat >/etc/iptables/iptables.conf <<'END'
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT
COMMIT
END
sed 's/-p icmp /-p ipv6-icmp /' /etc/iptables/iptables.conf >/etc/iptables/ip6tables.conf
chmod 600 /etc/iptables/*

cat >/etc/init.d/firewall <<'END'
#!/bin/sh
### BEGIN INIT INFO
# Provides:          firewall
# Required-Start:    $local_fs
# Required-Stop:
# X-Start-Before:    $network
# Default-Start:     2 3 4 5
# Default-Stop:
# Short-Description: Loads the packet filter rules of /etc/iptables
### END INIT INFO
case "$1" in
start | restart | reload | force-reload)
    iptables-restore </etc/iptables/iptables.conf && ip6tables-restore </etc/iptables/ip6tables.conf
    ;;
stop) ;;
*)
    echo "Usage: $0 start|restart|reload" >&2
    exit 2
    ;;
esac
END
chmod 755 /etc/init.d/firewall
systemctl enable --quiet firewall 2>/dev/null

# fail2ban writes to the same kind of firewall.
sed -i -e 's/^banaction = .*/banaction = iptables-multiport/' -e 's/^banaction_allports = .*/banaction_allports = iptables-allports/' \
    /etc/fail2ban/jail.d/sshd.local

# Contents where programs and settings are, permissions elsewhere, and no inode numbers or times, which an overlay does not keep: a
# check takes a second or two and finds nothing.
mkdir -p /var/log/aide /var/lib/aide /etc/aide
cat >/etc/aide/aide.conf <<'END'
database_in=file:/var/lib/aide/aide.db
database_out=file:/var/lib/aide/aide.db.new
gzip_dbout=no
report_url=stdout
Content = p+u+g+ftype+sha256
Outline = p+u+g+ftype+s
/etc Content
/boot Content
/s?bin Content
/usr Outline
/usr/s?bin Content
END
aide --init --config=/etc/aide/aide.conf >/dev/null
mv /var/lib/aide/aide.db.new /var/lib/aide/aide.db
cat >/etc/cron.d/aide-check <<END
SHELL=/bin/sh
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
*/5 * * * * root $(command -v aide) --check --config=/etc/aide/aide.conf >>/var/log/aide/aide.log 2>&1
END
# What the last check before the boot left behind.
aide --check --config=/etc/aide/aide.conf >/var/log/aide/aide.log 2>&1 || [ $? -lt 8 ]
