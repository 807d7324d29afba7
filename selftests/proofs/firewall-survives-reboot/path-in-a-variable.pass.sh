# hosts: debian13 debian11 debian12 fedora centos
# profile: ibm-hpvs
# Another way to write the script.
cat >/etc/init.d/firewall <<'END'
#!/bin/sh
### BEGIN INIT INFO
# Provides:          firewall
# Required-Start:    $local_fs
# Required-Stop:
# Default-Start:     2 3 4 5
# Default-Stop:
### END INIT INFO
FOLDER=/etc/iptables
RULES4="$FOLDER/iptables.conf"
RULES6=${FOLDER}/ip6tables.conf
load() {
    iptables-restore < "$RULES4" &&
        ip6tables-restore \
            < "$RULES6"
}
case $1 in
    start|restart) load ;;
    stop) iptables -P INPUT ACCEPT; iptables -F; iptables-restore < /usr/share/iptables/open.conf ;;
esac
END
