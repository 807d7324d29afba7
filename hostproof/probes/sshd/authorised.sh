# Every key that some account could be opened with: those of all files that AuthorizedKeysFile names for any account, whatever its shell.
# After the lines of daemons.sh, for each server that could be asked:
#   rule USER                    what it does for users like this one; the `set` lines up to the next one belong to it
#   set KEYWORD VALUE...
#   unclear WHY, problem WHY
# and when all have been asked:
#   unseen WHY                   something was not looked at
#   account NAME UID SHELL-WORKS each account that a file belongs to
#   file PATH
#   opens NAME                   the account that the file above opens
#   key NUMBER FLAG,... TYPE COMMENT    of the file above
#   length NUMBER BITS FINGERPRINT      of a key, by ssh-keygen; what it does not understand is missing here

needs cut date find grep ssh-keygen

most_keys=5000

openssh() { # PID SSHD OPTION...
    sshd=$2
    shift 2
    have_told "$sshd" "$@" || { say problem 'sshd does not accept its configuration'; return; }
    tell_members=1
    kinds_of_login | while IFS= read -r line; do
        case $line in
        login*) one_rule "$@" ;;
        member* | unclear*) printf '%s\n' "$line" ;;
        esac
    done
}

one_rule() { # OPTION... ; of the log-in in `line`
    ask_about "$line" "$sshd" "$@" || return
    rule="rule$tab$user
$(printf '%s\n' "$settings" | sed -nE "s/^($keywords) /set$tab&/p")"
    case $rules in *"$rule"*) return ;; esac # the same from another address
    rules=$rules$newline$rule
    printf '%s\n' "$rule"
}

keywords='pubkeyauthentication|authorizedkeysfile|authorizedkeyscommand|trustedusercakeys|revokedkeys|requiredrsasize'
keywords="$keywords|pubkeyacceptedalgorithms|pubkeyacceptedkeytypes"
rules=''

# NAME PATH for each account and each file that a rule names for it; `-` for an authority's file, which opens any account.
named_files() {
    {
        printf '%s\n' "$told_by_all"
        printf '%s\n' "$passwd_entries" | sed "s/^/passwd$tab/"
    } | awk -F "$tab" '
        function path(pattern, name, uid, home,  i, c, out) {
            for (i = 1; i <= length(pattern); i++) {
                c = substr(pattern, i, 1)
                if (c == "%") { c = substr(pattern, ++i, 1); c = c == "u" ? name : c == "U" ? uid : c == "h" ? home : c }
                out = out c
            }
            return out ~ /^\// ? out : home "/" out
        }
        function keep(who, pattern) { if (pattern != "none" && !((who, pattern) in seen)) { seen[who, pattern] = 1; of[who] = of[who] " " pattern } }
        $1 == "server" { server = $2 " " $3 }
        $1 == "server" && $3 ~ /\/(dropbear|dropbearmulti|tinysshd)$/ { keep("*", ".ssh/authorized_keys") }
        $1 == "member" { stands[$2, ++n[$2]] = server " " $3 }
        $1 == "rule" { who = server " " $2; open = 1 }
        $1 == "set" && $2 ~ /^pubkeyauthentication no/ { open = 0 }
        $1 == "set" && open && $2 ~ /^trustedusercakeys / { sub(/^[^ ]* /, "", $2); if ($2 ~ /^\//) print "-\t" $2 }
        $1 == "set" && open && $2 ~ /^authorizedkeysfile / { m = split($2, word, " "); for (i = 2; i <= m; i++) keep(who, word[i]) }
        $1 == "server" { servers[server] = 1 }
        $1 == "passwd" && split($2, entry, ":") >= 6 && entry[6] ~ /^\// {
            name = entry[1]
            patterns = of["*"]
            # Match blocks are compared with the first accounts only, and say so.
            if (!(name in n)) for (s in servers) patterns = patterns of[s " some-other-user"]
            for (i = 1; i <= n[name]; i++) patterns = patterns of[stands[name, i]]
            m = split(patterns, word, " ")
            for (i = 1; i <= m; i++) print name "\t" path(word[i], name, entry[3], entry[6])
        }' | sort -u
}

# The files that are there, of those named; what cannot be seen is said.
present() { # PATH...
    find -L "$@" -maxdepth 0 2>&1 >/dev/null | certainly_absent | head -n 20 | while IFS= read -r why; do
        say unseen "it cannot be seen whether there is a key: ${why#find: }"
    done
    files=$(find -L "$@" -maxdepth 0 -type f -size +0 2>/dev/null)
    IFS=$newline
    for file in $files; do
        unset IFS
        readable_file
    done
    unset IFS
}

# The user chose where a link leads: what the kernel makes up as it is read is no file.
readable_file() {
    case $(readlink -f -- "$file") in
    /proc/* | /sys/* | /dev/* | *"$newline"*) ;;
    *) if [ -n "$(find -L "$file" -size +1953)" ]; then say unseen "$file is longer than 1 MB, and was not read"; else say found "$file"; fi ;;
    esac
}

keys_of() { # FILE...
    lines=$(awk -v wide=1 -v now="$now" -v utc="$utc" "$key_lines_awk" "$@" 2>/dev/null) || {
        lines=''
        for file in "$@"; do
            lines=$lines$newline$(awk -v wide=1 -v now="$now" -v utc="$utc" "$key_lines_awk" "$file" 2>/dev/null) || say unseen "$file cannot be read"
        done
    }
    printf '%s\n' "$lines" | awk 'NF'
}

now=$(date +%Y%m%d%H%M%S) || exit
utc=$(date -u +%Y%m%d%H%M%S) || exit
told_by_all=$(ssh_servers) || exit
printf '%s\n' "$told_by_all" | grep -v "^member$tab"
if [ "$(printf '%s\n' "$passwd_entries" | wc -l)" -gt "$most_accounts" ]; then say unseen "only the first $most_accounts accounts were looked at"; fi

named=$(named_files)
found=$(in_portions present "$(printf '%s\n' "$named" | cut -f 2 | sort -u)")
printf '%s\n' "$found" | grep "^unseen$tab"
keys=$(in_portions keys_of "$(printf '%s\n' "$found" | sed -n "s/^found$tab//p")")
printf '%s\n' "$keys" | grep "^unseen$tab"
keys=$(printf '%s\n' "$keys" | grep "^/" | awk -F "$tab" -v OFS="$tab" '{ print NR, $0 }')
if [ "$(printf '%s\n' "$keys" | wc -l)" -gt "$most_keys" ]; then
    say unseen "only the first $most_keys keys were looked at"
    keys=$(printf '%s\n' "$keys" | head -n "$most_keys")
fi
revoked=$(printf '%s\n' "$told_by_all" | sed -n "s/^set${tab}revokedkeys //p" | sort -u)
case $revoked in
none | '' | *"$newline"*) dead='' ;;
*) dead=$(printf '%s\n' "$keys" | head -n 200 | while IFS=$tab read -r number _ type key _; do
        if is_revoked "$type $key"; then printf '%s ' "$number"; fi
    done) ;;
esac
{
    printf '%s\n' "$passwd_entries" | awk -F: '{ print "passwd\t" $1 "\t" $3 "\t" $7 }'
    printf '%s\n' "$named" | sed "s/^/named$tab/"
    printf '%s\n' "$keys" | sed "s/^/key$tab/"
} | awk -F "$tab" -v dead=" $dead" '
    $1 == "passwd" { account[$2] = $2 "\t" $3 "\t" ($4 ~ /\/(nologin|false|true|sync|halt|shutdown)$/ ? "none" : "some") }
    $1 == "named" { opens[$3] = opens[$3] "\n" $2 }
    $1 == "key" && NF >= 7 {
        if ($3 != file) {
            file = $3; print "file\t" file
            m = split(opens[file], name, "\n")
            for (i = 2; i <= m; i++) {
                if (name[i] in account && !(name[i] in shown)) { print "account\t" account[name[i]]; shown[name[i]] = 1 }
                print "opens\t" name[i]
            }
        }
        print "key\t" $2 "\t" $6 (index(dead, " " $2 " ") ? ",revoked" : "") "\t" $4 "\t" $7
    }'
printf '%s\n' "$keys" | awk -F "$tab" 'NF >= 6 { print $3, $4, $1 }' | ssh-keygen -lf - 2>/dev/null |
    awk '$1 ~ /^[0-9]+$/ { print "length\t" $3 "\t" $1 "\t" $2 }'
true
