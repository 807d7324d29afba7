# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# cron starts a script, the script starts AIDE after a look whether it is there.
cat >/usr/local/sbin/integrity-check <<'END'
#!/bin/sh
# Looks for changed files.
AIDE=/usr/bin/aide
[ -x "$AIDE" ] || exit 0
if ! report=$("$AIDE" --check --config=/etc/aide/aide.conf); then
    echo "$report" | logger -t aide
fi
END
chmod 755 /usr/local/sbin/integrity-check
echo '*/5 * * * * root /usr/local/sbin/integrity-check' >/etc/cron.d/aide-check
