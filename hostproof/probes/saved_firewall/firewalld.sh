# compare what firewalld applies with what it has saved
[ "$(systemctl is-active firewalld.service 2>/dev/null)" = active ] || exit 0
for saved in '' --permanent; do
    for what in --list-all-zones --list-all-policies '--direct --get-all-rules' '--direct --get-all-passthroughs'; do
        # shellcheck disable=SC2086 # two words
        firewall-cmd $saved $what 2>/dev/null | sed "s/^/${saved:-now} /"
    done
done
printf 'zone %s\n' "$(firewall-cmd --get-default-zone)"
sed -n 's/^DefaultZone=/saved-zone /p' /etc/firewalld/firewalld.conf
exit 0
