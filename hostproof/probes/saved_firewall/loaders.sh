# ask systemd what loads rules at boot
for tool in find grep head sed sort; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
known='firewall.service nftables.service netfilter-persistent.service iptables.service ip6tables.service ufw.service firewalld.service'
command_of_a_firewall='(^|[ /=;&|"])(nft|ip6?tables(-nft|-legacy)?(-restore)?|ipset|ufw|firewall-cmd)( |$)'
folders='/etc/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system'
others=$(for folder in $folders; do
    [ -d "$folder" ] || continue
    grep -lE '^Exec.*(nft|tables(-nft|-legacy)?-restore) ' "$folder"/*.service
done 2>/dev/null | sed 's#.*/##' | grep -E '^[A-Za-z0-9:_.@-]+$' | grep -v '@\.service$' | sort -u | head -n 50)
properties=Id,LoadState,ActiveState,UnitFileState,Result,WantedBy,RequiredBy,ExecStart,SourcePath
# shellcheck disable=SC2046,SC2086 # lists of words
systemctl show --property=$properties $(printf '%s\n' $known $others | sort -u) || exit
echo
for link in /etc/rc[2345].d/S[0-9][0-9]firewall /etc/rc.d/rc[2345].d/S[0-9][0-9]firewall; do
    [ ! -h "$link" ] || printf 'link %s\n' "$link"
done
# The text of the init script, and of scripts that a service named firewall starts.
own=$(systemctl show --value --property=ExecStart firewall.service | sed -n 's/.*argv\[\]=\([^ ;]*\).*/\1/p')
set -- /etc/init.d/firewall
[ -z "$own" ] || [ "$own" = "$1" ] || set -- "$@" "$own"
for script; do
    [ -e "$script" ] || [ -h "$script" ] || continue
    find -L "$script" -maxdepth 0 -printf 'script %m %U %y %s %p\n'
    [ ! -f "$script" ] || head -c 65536 "$script" | grep -aI '' | sed 's/^/in /'
done
[ ! -r /etc/ufw/ufw.conf ] || sed -n 's/^\(ENABLED=\)/ufw \1/p' /etc/ufw/ufw.conf
[ ! -r /etc/default/ufw ] || grep -E '^(IPV6|DEFAULT_(INPUT|OUTPUT|FORWARD)_POLICY)=' /etc/default/ufw | sed 's/^/ufw /'
# What else may load rules: hooks of the network, of the boot.
for file in /etc/rc.local /etc/rc.d/rc.local /etc/network/interfaces /etc/network/interfaces.d/* /etc/network/if-pre-up.d/* \
    /etc/network/if-up.d/* /etc/networkd-dispatcher/*/* /etc/NetworkManager/dispatcher.d/* /etc/NetworkManager/dispatcher.d/*/*; do
    [ -f "$file" ] || continue
    case $file in /etc/network/interfaces*) ;; *) [ -x "$file" ] || continue ;; esac
    ! grep -vE '^[[:space:]]*#' "$file" | grep -qE "$command_of_a_firewall" || printf 'hook %s\n' "$file"
done
exit 0
