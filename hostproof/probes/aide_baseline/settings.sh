# ask AIDE which rule is for which path, and look at its baseline
for tool in awk cat cut find grep head readlink sed sort tail; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
AIDE=$(command -v aide || command -v /usr/sbin/aide) || exit 0
version=$("$AIDE" --version 2>&1 | sed -n 's/^[Aa][Ii][Dd][Ee],\{0,1\} v\{0,1\}\([0-9.]*\).*/\1/p' | head -n 1)
printf 'version %s\n' "$version"
printf 'first-package %s\n' "$(
    { find /var/lib/dpkg/info -name '*.list' -printf '%T@\n' 2>/dev/null
        [ ! -d /var/lib/rpm ] || rpm -qa --qf '%{INSTALLTIME}\n' 2>/dev/null; } | sort -n | head -n 1 | cut -d . -f 1)"
# A rule for /bin does not reach the files where /bin is a link to usr/bin.
for folder in /etc /bin /sbin /usr /usr/bin /usr/sbin /usr/lib /boot /lib /root /opt; do
    [ -d "$folder" ] || continue
    case $(find "$folder/" -mindepth 1 -maxdepth 1 2>/dev/null | head -n 1) in '') holds=nothing ;; *) holds=files ;; esac
    printf 'folder %s %s %s\n' "$folder" "$(readlink -f "$folder")" $holds
done
named=$(cat /etc/crontab /etc/cron.d/* /var/spool/cron/root /var/spool/cron/crontabs/root 2>/dev/null | grep aide |
    grep -oE -e '(-c|--config)[= ]*/[A-Za-z0-9._+@/-]+' | grep -oE '/.*')
ours=/usr/share/aide/config/aide
# shellcheck disable=SC2086 # a list of words
for config in $(printf '%s\n' /etc/aide/aide.conf /etc/aide.conf /usr/local/etc/aide.conf $named | sort -u | head -n 8); do
    [ -f "$config" ] || continue
    find -L "$config" -maxdepth 0 -printf 'config %m %U %T@ %p\n'
    # Variables that the file defines, put in their places.
    text=$(awk '/^@@define[ \t]/ { name = $2; sub(/^@@define[ \t]+[^ \t]+[ \t]*/, ""); value[name] = $0; next }
        { for (name in value) while (i = index($0, "@@{" name "}")) $0 = substr($0, 1, i - 1) value[name] substr($0, i + 5 + length(name) - 1); print }' "$config")
    # What AIDE would run while it reads its settings: programs of the package do no harm, of others nothing is known.
    foreign=
    for place in $(printf '%s\n' "$text" | sed -n 's/^@@x_include[ \t][ \t]*\([^ \t]*\).*/\1/p'); do
        # shellcheck disable=SC2044 # names with blanks are nobody's, and count as foreign
        for file in $(find -L "$place" /etc/aide/aide.settings.d -type f -perm /111 2>/dev/null); do
            name=${file##*/}
            cmp -s "$file" "$ours/aide.conf.d/$name" || cmp -s "$file" "$ours/aide.settings.d/$name" || foreign=$file
        done
    done
    case $version in 0.[0-9] | 0.1[0-6] | 0.1[0-6].* | '') foreign=${foreign:-"only AIDE 0.17 and later tells"} ;; esac
    if [ -n "$foreign" ]; then
        printf 'unasked %s\n' "$foreign"
    else
        for path in f:/etc/some-new-file f:/etc/passwd f:/etc/shadow f:/etc/ssh/sshd_config f:/usr/some-new-file f:/usr/lib/some-new-file \
            f:/usr/bin/some-new-file f:/usr/sbin/some-new-file f:/bin/some-new-file f:/sbin/some-new-file f:/boot/some-new-file; do
            folder=${path#f:}
            folder=${folder%/*}
            [ "$(readlink -f "$folder")" = "$folder" ] || continue
            {
                said=$("$AIDE" --config="$config" --path-check="$path" 2>&1)
                printf 'rule %s %s %s\n' $? "$path" "$(printf '%s\n' "$said" | grep -v '^WARNING' | tail -n 1)"
            } &
            case $path in *sshd_config | *usr/lib/*) wait ;; esac
        done
        wait
    fi
    # AIDE takes the first that it reads; before 0.17 it was called `database`.
    url=$(printf '%s\n' "$text" | sed -n 's/^[ \t]*database\(_in\)\{0,1\}[ \t]*=[ \t]*//p' | head -n 1)
    out=$(printf '%s\n' "$text" | sed -n 's/^[ \t]*database_\(out\|new\)[ \t]*=[ \t]*file:\/*/\//p' | head -n 1)
    printf 'url %s\n' "$url"
    case $url in file:*) database=/${url#file:} database=/$(printf '%s' "$database" | sed 's#^/*##') ;; *) continue ;; esac
    [ -z "$out" ] || [ "$out" = "$database" ] || [ ! -f "$out" ] || find -L "$out" -maxdepth 0 -printf 'new %T@ %s %p\n'
    [ -f "$database" ] || continue
    find -L "$database" -maxdepth 0 -printf 'database %m %U %u %G %T@ %s %p\n'
    unzip='cat'
    if head -c 2 "$database" | grep -aq "$(printf '^\037\213')"; then unzip='zcat'; fi
    command -v $unzip >/dev/null || { echo "$unzip is missing" >&2; exit 127; }
    $unzip "$database" 2>/dev/null | awk '
        /^@@db_spec/ { spec = 1 }
        /^@@end_db/ { ended = 1 }
        /^\// { entries++; n = split($1, part, "/"); count["/" part[2]]++; if (n > 2 && part[2] == "usr") count["/usr/" part[3]]++ }
        END {
            printf "entries %d %d %d\n", entries, spec, ended
            for (folder in count) if (folder ~ "^/[A-Za-z0-9._/-]+$") printf "under %d %s\n", count[folder], folder
        }'
done
exit 0
