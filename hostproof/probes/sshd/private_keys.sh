# Looks into .ssh of every account, and at the files that lie directly in the homes of root and of people. Prints, tab separated:
#   key FORMAT open|locked PATH     FORMAT: openssh, putty, pem (also what web servers use); locked by a passphrase
#   unseen WHY                      something was not looked at

tab=$(printf '\t')
newline='
'
set -f

for tool in awk find getent grep head readlink sed sort wc; do
    command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 127; }
done

say() { printf '%s' "$1"; shift; for word in "$@"; do printf '\t%s' "$word"; done; printf '\n'; }

most_accounts=20000
most_files=20000
passwd_entries=$({ getent passwd || echo '?'; } | head -n $((most_accounts + 1)))
case $newline$passwd_entries in *"$newline?") echo 'getent passwd does not answer' >&2; exit 1 ;; esac
if [ "$(printf '%s\n' "$passwd_entries" | wc -l)" -gt "$most_accounts" ]; then say unseen "only the first $most_accounts accounts were looked at"; fi

# Folders, one a line: `.ssh` of all, and with an argument the homes of root and of people.
folders() {
    printf '%s\n' "$passwd_entries" | awk -F: -v homes="$1" '
        $6 !~ /^\/./ { if ($6 == "/" && !homes) print "/.ssh"; next }
        homes && ($3 == 0 || $3 >= 1000 && $3 < 65534) { print $6 }
        !homes { print $6 "/.ssh" }' | sort -u
}

# Links are followed by hand: where one leads is the user's choice, and reading what the kernel makes up may wait for ever.
files_in() { # FOLDER...
    find -H "$@" -maxdepth "$depth" -type d 2>&1 >/dev/null | certainly_absent | head -n 20 | while IFS= read -r why; do
        say unseen "it cannot be seen whether a private key is there: ${why#find: }"
    done
    if [ -n "$(find -H "$@" -maxdepth "$depth" -path "*$newline*" 2>/dev/null | head -n 1)" ]; then
        say unseen 'there is a file whose name has several lines'
    fi
    find -H "$@" -maxdepth "$depth" ! -path "*$newline*" -type f -size +0 -size -200 2>/dev/null | sed "s/^/file$tab/"
    find -H "$@" -maxdepth "$depth" ! -path "*$newline*" -type l 2>/dev/null | head -n 500 | while IFS= read -r link; do
        target=$(readlink -f -- "$link") || continue
        case $target in /proc/* | /sys/* | /dev/* | *"$newline"*) continue ;; esac
        if [ -f "$target" ] && [ -n "$(find "$target" -size +0 -size -200)" ]; then say file "$link"; fi
    done
}

begins_a_key='^(-----BEGIN ([A-Z]+ )?PRIVATE KEY-----|PuTTY-User-Key-File-)'
with_keys() { # FILE... ; one that vanished meanwhile is none
    grep -lE -e "$begins_a_key" -- "$@" 2>/dev/null
    if [ $? -gt 1 ]; then
        for path in "$@"; do
            if [ -f "$path" ] && ! head -c 1 -- "$path" >/dev/null 2>&1; then say unseen "$path cannot be read"; fi
        done
    fi
}

describe() { # FILE...
    for path in "$@"; do
        awk -v path="$path" '
            function tell(format, locked) { print "key\t" format "\t" (locked ? "locked" : "open") "\t" path; exit }
            { sub(/\r$/, "") }
            putty && /^Encryption: / { tell("putty", $2 != "none") }
            # A key that is not locked says so in its first bytes: "openssh-key-v1", then the cipher "none".
            openssh { tell("openssh", $0 !~ /^b3BlbnNzaC1rZXktdjEAAAAABG5vbmU/) }
            pem { tell("pem", /ENCRYPTED/) }
            /^PuTTY-User-Key-File-/ { putty = 1 }
            /^-----BEGIN OPENSSH PRIVATE KEY-----/ { openssh = 1 }
            /^-----BEGIN ENCRYPTED PRIVATE KEY-----/ { tell("pem", 1) }
            /^-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/ && !openssh { pem = 1 }' <"$path"
    done
}

seen=$(
    depth=3
    in_portions files_in "$(folders)"
    depth=1
    in_portions files_in "$(folders homes)"
)
printf '%s\n' "$seen" | grep "^unseen$tab" | sort -u
files=$(printf '%s\n' "$seen" | sed -n "s/^file$tab//p" | sort -u)
if [ "$(printf '%s\n' "$files" | wc -l)" -gt "$most_files" ]; then
    say unseen "only $most_files files were looked at"
    files=$(printf '%s\n' "$files" | head -n "$most_files")
fi
found=$(in_portions with_keys "$files")
printf '%s\n' "$found" | grep "^unseen$tab"
in_portions describe "$(printf '%s\n' "$found" | grep '^/' | head -n 500)"
true
