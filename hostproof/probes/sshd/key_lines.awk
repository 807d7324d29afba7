# The keys of an authorized_keys file: what the options of each line say about its use stands in place of its comment.
#
# Reads   authorized_keys files; now, utc: the time as YYYYMMDDHHMMSS, here and in UTC
# Prints  TYPE KEY FLAG,...                                     FLAG: command, authority, expired; plain for none
#   or, with wide=1 and tab separated:
#         FILE TYPE KEY FLAG,... COMMENT

function flag(option,  value) {
    if (tolower(option) ~ /^command=/) return ",command"
    if (tolower(option) ~ /^cert-authority$/) return ",authority"
    if (tolower(option) !~ /^expiry-time=/) return ""
    value = substr(option, 13); gsub(/"/, "", value)
    return substr(value "000000", 1, 14) < (value ~ /Z$/ ? utc : now) ? ",expired" : ""
}

function is_key(text) { return text ~ /^(ssh-|ecdsa-|sk-)[^ \t]+[ \t]+AAAA/ }

function comment(text) {
    sub(/^[^ \t]+[ \t]+[^ \t]+[ \t]*/, "", text); gsub(/[\001-\037\177]/, " ", text)
    return substr(text, 1, 80)
}

{ sub(/^[ \t]+/, ""); sub(/\r$/, "") }
/^$/ || /^#/ { next }
{
    flags = ""; rest = $0
    if (!is_key($0)) {
        option = ""; quoted = 0
        for (i = 1; i <= length($0); i++) {
            c = substr($0, i, 1)
            if (c == "\\" && substr($0, i + 1, 1) == "\"") { option = option "\\\""; i++; continue }
            if (c == "\"") quoted = !quoted
            if (!quoted && (c == "," || c == " " || c == "\t")) { flags = flags flag(option); option = ""; if (c != ",") break } else option = option c
        }
        rest = substr($0, i); sub(/^[ \t]+/, "", rest)
    }
    if (!is_key(rest)) next
    split(rest, word, /[ \t]+/)
    flags = flags == "" ? "plain" : substr(flags, 2)
    if (wide) printf "%s\t%s\t%s\t%s\t%s\n", FILENAME, word[1], word[2], flags, comment(rest)
    else print word[1], word[2], flags
}
