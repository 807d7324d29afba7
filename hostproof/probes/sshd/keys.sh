# Which keys each sshd would look at, for each account that could log in. First, tab separated:
#   today DAYS                                        since 1970, as /etc/shadow counts
#   unseen WHY                                        not every account was looked at
#   account NAME UID GID HOME SHELL SHELL-WORKS       every account
#   shadow NAME LOCKED|OPEN EXPIRES                   never a hash
# then, after the lines of daemons.sh, for each server that could be asked:
#   private-groups                                    this sshd lets the group write where the owner is its only member (Debian, Ubuntu)
#   user NAME GROUP...                                coming from some address; the lines up to the next one belong to it; groups as GID:NAME
#   set KEYWORD VALUE...
#   command works                                     AuthorizedKeysCommand can run
#   file PATH                                         of AuthorizedKeysFile, with its tokens replaced and links followed
#   part MODE UID GID PATH [MEMBER,...]               that file, then each folder up to the home or /; members when its group may write
#   authority PATH                                    of TrustedUserCAKeys
#   key BITS FINGERPRINT FLAG,... (TYPE)              of that file; neither the key nor its comment

needs cut date find grep id

accounts() {
    seconds=$(date +%s) || exit
    shadow=$(entries shadow) || exit
    say today $((seconds / 86400))
    if [ "$(printf '%s\n' "$passwd_entries" | wc -l)" -gt 5000 ]; then say unseen "only the first 5000 accounts were looked at"; fi
    printf '%s\n' "$passwd_entries" | head -n 5000 | while IFS=: read -r name _ uid gid _ home shell; do
        if [ -x "${shell:-/bin/sh}" ]; then works=works; else works=missing; fi
        say account "$name" "$uid" "$gid" "$home" "$shell" "$works"
    done
    printf '%s\n' "$shadow" | head -n 5000 | awk -F: 'NF { print "shadow\t" $1 "\t" ($2 ~ /^!/ ? "locked" : "open") "\t" $8 }'
}

# NAME UID HOME USER of the accounts that have a real shell; USER is asked about in their place.
people() {
    { printf '%s\n' "$kinds" "$accounts"; } | awk -F "$tab" '
        $1 == "member" { stands[$2] = $3 }
        $1 == "account" && $7 == "works" && $6 !~ /\/(nologin|false|true|sync|halt|shutdown)$/ {
            print $2 "\t" $3 "\t" $5 "\t" ($2 in stands ? stands[$2] : "some-other-user") }'
}

openssh() { # PID SSHD OPTION...
    sshd=$2
    shift 2
    needs ssh-keygen
    have_told "$sshd" "$@" || return
    if grep -aq debianbanner "$sshd"; then say private-groups; fi
    tell_members=1
    kinds=$(kinds_of_login) || { say problem "it cannot be seen what its Match blocks tell apart"; return; }
    people=$(people)
    if [ "$(printf '%s\n' "$people" | wc -l)" -gt 64 ]; then say problem "only 64 of the accounts with a shell were looked at"; fi
    people=$(printf '%s\n' "$people" | head -n 64)
    seen=''
    printf '%s\n' "$kinds" | while IFS= read -r line; do
        case $line in
        unclear*) say problem "${line#*"$tab"}" ;;
        login*) if ask_about "$line" "$sshd" "$@"; then key_logins; fi ;;
        esac
    done
}

# What sshd does with each account for which `user` stands, unless it does the same coming from another address.
key_logins() {
    kept=$(printf '%s\n' "$settings" | sed -nE "s/^($keywords) /set$tab&/p")
    IFS=$newline
    for person in $people; do
        unset IFS
        if [ "${person##*"$tab"}" = "$user" ]; then key_login "$person"; fi
    done
    unset IFS
}

key_login() { # NAME UID HOME USER
    name=${1%%"$tab"*}
    home=${1#*"$tab"}
    uid=${home%%"$tab"*}
    home=${home#*"$tab"}
    home=${home%"$tab"*}
    case $seen in *"$newline$name $kept$newline="*) return ;; esac
    seen="$seen$newline$name $kept$newline="
    groups=$(id -- "$name") || { say problem "the groups of the user $name cannot be had"; return; }
    # shellcheck disable=SC2046 # a list of groups
    say user "$name" $(printf '%s\n' "$groups" | sed 's/.*groups=//; s/(/:/g; s/)//g; y/ ,/_ /')
    printf '%s\n' "$kept"
    revoked=$(value_of revokedkeys)
    for pattern in $(value_of authorizedkeysfile); do
        if [ "$pattern" != none ]; then key_file "$(U=$name I=$uid H=$home P=$pattern expand)"; fi
    done
    command=$(value_of authorizedkeyscommand)
    if [ -x "${command%% *}" ] && [ "$(value_of authorizedkeyscommanduser)" != none ]; then say command works; fi
    authority=$(value_of trustedusercakeys)
    if [ -f "$authority" ]; then say authority "$authority"; keys_in "$authority"; fi
}

keywords='pubkeyauthentication|authenticationmethods|authorizedkeysfile|authorizedkeyscommand|authorizedkeyscommanduser'
keywords="$keywords|strictmodes|permitrootlogin|usepam|pubkeyacceptedalgorithms|pubkeyacceptedkeytypes|revokedkeys|trustedusercakeys"
keywords="$keywords|requiredrsasize|allowusers|denyusers|allowgroups|denygroups"

value_of() { # KEYWORD, not the first one that sshd prints
    value=${settings#*"$newline$1 "}
    if [ "$value" != "$settings" ]; then printf '%s\n' "${value%%"$newline"*}"; fi
}

# Replaces %u, %U, %h and %% as sshd does; a path that does not begin at / begins at the home.
expand() {
    awk 'BEGIN {
        p = ENVIRON["P"]
        for (i = 1; i <= length(p); i++) {
            c = substr(p, i, 1)
            if (c == "%") { c = substr(p, ++i, 1); c = c == "u" ? ENVIRON["U"] : c == "U" ? ENVIRON["I"] : c == "h" ? ENVIRON["H"] : c }
            out = out c
        }
        print out ~ /^\// ? out : ENVIRON["H"] "/" out
    }'
}

key_file() { # PATH
    if [ ! -e "$1" ]; then
        why=$(not_seen "$1")
        if [ -n "$why" ]; then say problem "it cannot be seen whether there is a key in $1: $why"; fi
        return
    fi
    path=$(readlink -f -- "$1") || return
    # The user chose where a link leads: reading from the kernel may wait for ever, and a name with a line's end forges a record.
    case $path in /proc/* | /sys/* | /dev/* | *"$newline"* | *"$tab"*) return ;; esac
    [ -f "$path" ] || return
    named=$1
    if [ -n "$(find "$path" -size +1953)" ]; then say problem "$path is longer than 1 MB, and was not read to its end"; fi
    top=$(readlink -f -- "$home")
    part=$path
    set -- "$part"
    while [ "$part" != / ] && { [ "$part" != "$top" ] || [ "$part" = "$path" ]; }; do
        part=${part%/*}
        part=${part:-/}
        set -- "$@" "$part"
    done
    parts=$(stat -c "%a$tab%u$tab%g$tab%n" -- "$@") || { say problem "it cannot be seen who may write to $path"; return; }
    say file "$named"
    printf '%s\n' "$parts" | while IFS=$tab read -r mode owner group part; do
        case $mode in
        *[2367]?)
            who=$(members "$group") || say problem "the members of the group $group cannot be had"
            say part "$mode" "$owner" "$group" "$part" "$who"
            ;;
        *) say part "$mode" "$owner" "$group" "$part" ;;
        esac
    done
    keys_in "$path"
}

# A member that is nobody, and failure, when they cannot be had. A group that has no name has no members.
members() { # GID
    entry=$(getent group "$1")
    case $? in
    0) printf '%s\n' "$entry" | cut -d: -f4 ;;
    2) ;;
    *) echo '?' && false ;;
    esac
}

keys_in() { # PATH
    head -c 1 -- "$1" >/dev/null || { say problem "$1 cannot be read"; return; }
    known=$(head -c 1000000 -- "$1" | key_lines | ssh-keygen -lf - 2>&1)
    case $?-$known in 0-* | *'is not a public key file'*) ;; *) say problem "ssh-keygen cannot read $1" ;; esac
    printf '%s\n' "$known" | awk '$1 ~ /^[0-9]+$/ && ++keys <= 200 { print "key\t" $1 "\t" $2 "\t" $3 "\t" $4 }'
}

# TYPE KEY FLAG,... of each line of an authorized_keys file; a key that is revoked says so.
key_lines() {
    awk -v now="$now" -v utc="$utc" "$key_lines_awk" | while IFS= read -r line; do
        if [ "${revoked:-none}" != none ] && is_revoked "$line"; then line=$line,revoked; fi
        printf '%s\n' "$line"
    done
}

now=$(date +%Y%m%d%H%M%S) || exit
utc=$(date -u +%Y%m%d%H%M%S) || exit
accounts=$(accounts) || exit
printf '%s\n' "$accounts"
ssh_servers
