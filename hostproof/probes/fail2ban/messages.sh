# read the newest messages of SSH servers
#
# What they wrote into the journal since the host booted, one JSON object a line: the newest that tell of log-ins, at least
# the newest of all. Those of the last seconds may be on their way still, so their time matters: `now SECONDS` comes first.
needed='date awk'
if [ -d /run/systemd/system ]; then needed="$needed journalctl"; fi
for tool in $needed; do command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
date +'now %s' || exit
command -v journalctl >/dev/null || exit 0
messages=$(journalctl -q -b --no-pager -o json -n 500 \
    _UID=0 SYSLOG_IDENTIFIER=sshd + _UID=0 SYSLOG_IDENTIFIER=sshd-session + _UID=0 SYSLOG_IDENTIFIER=dropbear) || exit
printf '%s\n' "$messages" | awk '
    /"MESSAGE":"(Accepted|Failed|Postponed|Invalid user|User .* not allowed|Connection (closed|reset) by (invalid|authenticating) user|Disconnected from (invalid|authenticating) user|Bad password attempt|Pubkey auth succeeded|Password auth succeeded)/ {
        login[++logins] = $0
    }
    { newest = $0 }
    END {
        for (i = logins > 20 ? logins - 19 : 1; i <= logins; i++) print login[i]
        if (!logins && newest != "") print newest
    }'
