# Where user data, or what cloud-init made of it, sets a password. Prints  secret PATH LINE WHAT  and never the password.
#
# Knows cloud-config (the keys of cc_set_passwords and cc_users_groups, in blocks and in braces) and the commands of shell scripts.
# What only looks alike is left alone: passwords of other programs, `chpasswd: {expire: false}`, `lock_passwd: true`, comments.

BEGIN {
    quote = "[\"\047]?"
    key = "(^|[ \t{,-])" quote "(password|passwd|plain_text_passwd|plain-text-passwd|hashed_passwd|hashed-passwd)" quote "[ \t]*:"
}

{ sub(/^\357\273\277/, "") }
/^[ \t]*#/ { next }

# Which part of the configuration a line belongs to: the key that begins where the line begins.
match($0, "^" quote "[A-Za-z_]+" quote "[ \t]*:") {
    section = substr($0, 1, RLENGTH); gsub(/["\047 \t:]/, "", section)
    in_list = 0
}

/(^|[ \t|;&\/"\047\[])chpasswd([ \t,;"\047\]<|]|$)/ && !/chpasswd["\047]?[ \t]*:/ { secret("chpasswd") }
/passwd[ \t,"\047].*--stdin/ { secret("passwd --stdin") }
/(usermod|useradd|adduser)([ \t,"\047].*)?[ \t,"\047](-p|--password)[ \t=,"\047]/ { secret("--password of useradd or usermod") }

section ~ /^(users|user|chpasswd|password)$/ || /^[ \t]*[{]/ {
    rest = $0
    while (match(rest, key)) {
        word = substr(rest, RSTART, RLENGTH - 1); rest = substr(rest, RSTART + RLENGTH)
        value = rest; sub(/[,}].*/, "", value)
        gsub(/["\047 \t{,-]/, "", word)
        if (is_password(value)) secret(word)
    }
}

section == "chpasswd" {
    line = $0
    if (line ~ /list["\047]?[ \t]*:/) { in_list = 1; sub(/.*list["\047]?[ \t]*:/, "", line) }
    # NAME:PASSWORD
    if (in_list && match(line, /^[ \t"\047\[-]*[A-Za-z_][A-Za-z0-9._-]*:[^ \t]/)) {
        if (is_password(substr(line, RSTART + RLENGTH - 1))) secret("list of chpasswd")
    }
}

function secret(what) { if (++secrets <= 20) print "secret\t" path "\t" NR "\t" what }

# `RANDOM` is made up by cloud-init, and no password matches what begins with * or !.
function is_password(value) {
    sub(/^[ \t]*["\047]?/, "", value); sub(/["\047\]]*[ \t]*$/, "", value)
    return value != "" && value !~ /^([*!{\[#~].*|R|RANDOM|null)$/
}
