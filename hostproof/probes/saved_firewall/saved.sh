# With has_nf_tables, and $listing, which lists rules: files.py sets both before.
for tool in cat find grep head readlink sed sort tail; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
has_nf_tables || [ -n "$(cat /proc/net/ip_tables_names /proc/net/ip6_tables_names 2>/dev/null)" ] || exit 0
here=$(readlink /proc/self/ns/net)
# Nothing is loaded unless this is another namespace than the host's: the first line of what runs there sees to it.
# shellcheck disable=SC2016 # it is expanded there
guard='[ -n "$0" ] && there=$(readlink /proc/self/ns/net) && [ "$there" != "$0" ] || exit 96
cd /
'
# apart TITLE LOAD FILE...: what the kernel makes of the files, in a namespace that ends with the command
apart() {
    title=$1 load=$2
    shift 2
    # shellcheck disable=SC2154 # listing is set before
    if found=$(unshare --net sh -c "$guard{ $load
} >&2 || exit
{ echo '## rules'
$listing
} 2>/dev/null" "$here" "$@" 2>&1); then
        printf 'holds %s\n' "$title"
    else
        printf 'refused %s\n' "$title"
        found=$(printf '%s\n' "$found" | tail -n 3)
    fi
    printf '%s\n' "$found" | sed 's/^/|/'
}
paths_in() { grep -aohE '/[A-Za-z0-9._+@/-]+' "$@" /dev/null 2>/dev/null; }
named=$(
    paths_in /etc/init.d/firewall
    systemctl show --value --property=ExecStart firewall.service | paths_in -
    for folder in /etc/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system; do
        grep -ahE '^Exec.*(nft|tables(-nft|-legacy)?-restore) ' "$folder"/*.service
    done 2>/dev/null | paths_in -
)
# shellcheck disable=SC2086 # a list of words
for file in $(printf '%s\n' $named /etc/iptables/iptables.conf /etc/iptables/ip6tables.conf /etc/iptables/rules.v4 /etc/iptables/rules.v6 \
    /etc/sysconfig/iptables /etc/sysconfig/ip6tables /etc/nftables.conf /etc/sysconfig/nftables.conf | sort -u | head -n 100); do
    case $file in /etc/* | /usr/local/* | /var/lib/* | /root/* | /opt/* | /srv/*) ;; *) continue ;; esac
    [ -f "$file" ] || continue
    size=$(find -L "$file" -maxdepth 0 -size -1025k -printf '%s')
    kind=other
    if [ -n "$size" ] && grep -qE '^\*(filter|nat|mangle|raw|security)' "$file"; then
        kind=iptables
    elif [ -n "$size" ] && grep -qE '^[[:space:]]*((add|flush|create|destroy|delete)[[:space:]]+)?(table|ruleset|include|define)' "$file"; then
        kind=nft
    fi
    case $file in /etc/init.d/* | */systemd/system/*) continue ;; esac
    [ $kind != other ] || [ "$file" = /etc/iptables/iptables.conf ] || [ "$file" = /etc/iptables/ip6tables.conf ] || continue
    find -L "$file" -maxdepth 0 -printf "file $kind %m %U %p\n"
    case $kind in
    iptables)
        # shellcheck disable=SC2016 # as above
        apart "ip $file" 'iptables-restore <"$1"' "$file"
        apart "ip6 $file" 'ip6tables-restore <"$1"' "$file"
        ;;
    nft) apart "nft $file" 'nft -f "$1"' "$file" ;;
    esac
done
# ufw loads its files into chains that it makes first.
if [ -f /etc/ufw/ufw.conf ] && grep -qiE '^ENABLED="?yes' /etc/ufw/ufw.conf; then
    for family in '' 6; do
        set -- "/etc/ufw/before$family.rules" "/etc/ufw/after$family.rules" "/etc/ufw/user$family.rules"
        if ! [ -f "$1" ] || ! [ -f "$2" ] || ! [ -f "$3" ]; then continue; fi
        apart "ip$family ufw" '
            { echo "*filter"; cat "$@" | grep -oE "ufw6?-[a-z-]+" | sort -u | sed "s/.*/:& - [0:0]/"; echo COMMIT; } |
                ip'"$family"'tables-restore -n && for file; do ip'"$family"'tables-restore -n <"$file" || exit; done' "$@"
    done
fi
exit 0
