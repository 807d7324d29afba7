# Which kinds of log-in the Match blocks of one sshd tell apart. `logins_awk` is logins.awk.

needs getent grep wc

most_accounts=20000
entries() { # DATABASE ; its first entries, one more than are looked at
    lines=$({ getent "$1" || echo '?'; } | head -n $((most_accounts + 1)))
    case $newline$lines in *"$newline?") echo "getent $1 does not answer" >&2; exit 1 ;; esac
    printf '%s\n' "$lines"
}

passwd_entries=$(entries passwd) || exit
group_entries=$(entries group) || exit

# Sets `told` to all that sshd says about its configuration: with -ddd also which files it loads and which Match blocks these have.
have_told() { # SSHD OPTION...
    asked=$1
    shift
    login="user=root,host=203.0.113.7,addr=203.0.113.7,laddr=192.0.2.1,lport=${listens##*:}"
    told=$("$asked" -T -ddd "$@" -C "$login" 2>&1)
    status=$?
    case $status-$told in
    [1-9]*"'rdomain' not in"*) # only newer ones know the word, and they insist on it where a Match block has it
        told=$("$asked" -T -ddd "$@" -C "$login,rdomain=-" 2>&1)
        status=$?
        ;;
    esac
    told=$(printf '%s\n' "$told" | tr -d '\r')
    return "$status"
}

tell_members='' # 1: kinds_of_login also says which user stands for which
kinds_of_login() {
    matches=$(printf '%s\n' "$told" | sed -n "s/^debug3: checking syntax for 'Match \(.*\)'\( on line [0-9]*\)\{0,1\}\$/match$tab\1/p")
    printf '%s' "${matches:+$matches$newline}"
    if [ -n "$matches" ] && [ "$(printf '%s\n' "$passwd_entries" | wc -l)" -gt "$most_accounts" ]; then
        say unclear "its Match blocks were compared with the first $most_accounts accounts only"
    fi
    {
        printf '%s\n' "$matches"
        printf '%s\n' "$listens" | sed "s/.*:/port$tab/"
        # Who has a shell comes first, and so stands for the others that the same blocks match.
        printf '%s\n' "$passwd_entries" | head -n "$most_accounts" | awk -F: '$7 !~ /(nologin|false)$/ { print "account\t" $1 "\t" $4 }'
        printf '%s\n' "$passwd_entries" | head -n "$most_accounts" | awk -F: '$7 ~ /(nologin|false)$/ { print "account\t" $1 "\t" $4 }'
        printf '%s\n' "$group_entries" | head -n "$most_accounts" | awk -F: '{ print "group\t" $1 "\t" $3 "\t" $4 }'
    } | awk -v members="$tell_members" "$logins_awk"
}

# Sets `user` and `specification`, what `sshd -T -C` wants to hear about one kind of log-in.
specify() { # LOGIN-LINE
    IFS=$tab
    # shellcheck disable=SC2086 # its fields, of which only the last one may be empty
    set -- $1
    unset IFS
    user=$2
    specification="user=$2,host=$4,addr=$5,laddr=$6,lport=$7${8:+,rdomain=$8}"
}

# Sets `settings` to what sshd applies to one kind of log-in, or says that it does not answer.
ask_about() { # LOGIN-LINE SSHD OPTION...
    specify "$1"
    shift
    asked=$1
    shift
    settings=$("$asked" -T "$@" -C "$specification" 2>/dev/null) && return
    say problem "sshd does not answer for $specification"
    false
}
