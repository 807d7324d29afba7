# A host that meets the strict profile: that of ibm-hpvs, with ssh for the admin network only and no port that is not public.
# after: alliance ibm-hpvs
set -eu

restrict() {
    sed -i -e '/--dport \(8080\|53\) /d' -e "s|-p tcp -m tcp --dport 22 |-s $2 &|" "/etc/iptables/$1"
}
restrict iptables.conf 10.99.0.0/24
restrict ip6tables.conf fd99::/64
# The rules are part of what AIDE compares.
aide --init --config=/etc/aide/aide.conf >/dev/null
mv /var/lib/aide/aide.db.new /var/lib/aide/aide.db
