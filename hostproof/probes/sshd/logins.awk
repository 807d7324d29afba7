# Which log-ins have to be asked about so that every Match block that can apply to one has been asked about.
#
# Reads   match CRITERIA            one line per Match block, as sshd prints it
#         account NAME GID          tab separated, like the two below
#         group NAME GID MEMBER,... GID
#         port NUMBER               where the daemon listens
# Prints  login USER LIKE HOST ADDR LADDR LPORT RDOMAIN     tab separated; LIKE = how many more users the same blocks match
#         unclear WHY
#         member NAME USER                                  with members=1: USER stands for the user NAME
#
# Users whom the same patterns match need one question, asked about the user that stands for everybody who is not listed when it is
# one of them. Address lists split the line of all addresses into pieces, and a piece begins where one of the listed networks begins
# or right after one ends: so these addresses stand for all.

BEGIN { FS = "\t"; some_user = "some-other-user"; limit = 200 }

$1 == "match" { read_criteria($2); next }
$1 == "account" { known_user($2); gid_of[$2] = $3; next }
$1 == "group" { group_name[$3] = $2; n = split($4, m, ","); for (i = 1; i <= n; i++) also_in[m[i]] = also_in[m[i]] "\t" $2; next }
$1 == "port" { add("port", $2); next }

END {
    classify(some_user)
    for (u = 1; u <= users; u++) classify(user[u])
    add("address", "203.0.113.7")
    if (asked["address"] || asked["host"]) add("address", "2001:db8::7")
    add("laddr", "192.0.2.1")
    if (asked["localaddress"]) add("laddr", "2001:db8:1::1")
    add("host", ""); add("rdomain", asked["rdomain"] ? "-" : "")
    if (!count["port"]) add("port", 22)
    for (c = 1; c <= classes; c++)
        for (a = 1; a <= count["address"]; a++) for (l = 1; l <= count["laddr"]; l++) for (p = 1; p <= count["port"]; p++)
            for (h = 1; h <= count["host"]; h++) for (r = 1; r <= count["rdomain"]; r++) {
                if (++printed > limit) { print "unclear\tits Match blocks tell more than " limit " kinds of log-in apart"; exit }
                name = item["host", h] == "" ? item["address", a] : item["host", h]
                printf "login\t%s\t%d\t%s\t%s\t%s\t%s\t%s\n", first[c], like[c], name, item["address", a], item["laddr", l], \
                    item["port", p], item["rdomain", r]
            }
}

# --- Match lines

function read_criteria(text,    words, n, i, what, eq) {
    n = split_words(text, words)
    for (i = 1; i <= n; i++) {
        what = words[i]
        if ((eq = index(what, "=")) > 1) { words[i] = substr(what, eq + 1); what = substr(what, 1, eq - 1); i-- }
        what = tolower(what)
        if (what == "all" || what == "invalid-user") continue
        asked[what] = 1
        take(what, words[++i])
    }
}

function take(what, list,    part, n, i) {
    if (what == "user" || what == "group") { pattern_list[++lists] = list; list_kind[lists] = what }
    n = split(list, part, ",")
    for (i = 1; i <= n; i++) {
        sub(/^!/, "", part[i])
        if (what == "user" && part[i] !~ /[*?]/ && part[i] != "") known_user(part[i])
        else if (what == "address") add_addresses("address", part[i])
        else if (what == "localaddress") add_addresses("laddr", part[i])
        else if (what == "host") add("host", instance(part[i], "x"))
        else if (what == "rdomain") add("rdomain", instance(part[i], "x"))
        else if (what !~ /^(user|group|localport)$/) print "unclear\tit has a Match block on `" what "`, which is not understood here"
    }
}

# A name in a Match line counts although nobody has it now, or only a directory that is not listed knows it.
function known_user(name) { if (!(name in gid_of)) { user[++users] = name; gid_of[name] = "" } }

function split_words(text, words,    n, i, c, quoted, word, begun) {
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\"") { quoted = !quoted; begun = 1 }
        else if (!quoted && (c == " " || c == "\t")) { if (begun) words[++n] = word; word = ""; begun = 0 }
        else if (!quoted && !begun && c == "#") break
        else { word = word c; begun = 1 }
    }
    if (begun) words[++n] = word
    return n + 0
}

function add(kind, value) { if (!((kind, value) in known)) { known[kind, value] = 1; item[kind, ++count[kind]] = value } }

function instance(pattern, filler) { gsub(/[*?]/, filler, pattern); return pattern }

# --- users

function classify(name,    mark, i) {
    mark = name == "root" ? "root" : ""
    for (i = 1; i <= lists; i++) mark = mark (list_kind[i] == "user" ? in_list(pattern_list[i], name) : any_group_in(pattern_list[i], name))
    if (mark in class_of) like[class_of[mark]]++
    else { class_of[mark] = ++classes; first[classes] = name; like[classes] = 0 }
    if (members) print "member\t" name "\t" first[class_of[mark]]
}

function any_group_in(list, name,    names, n, i, found) {
    n = split(group_name[gid_of[name]] also_in[name], names, "\t")
    for (i = 1; i <= n; i++) found = found in_list(list, names[i])
    # sshd lets one group that a `!pattern` matches spoil the whole list, so the exact mixture is kept.
    return (found ~ /-/ ? "-" : "") (found ~ /\+/ ? "+" : "")
}

# "+" matched, "-" matched by a negated pattern, "0" neither.
function in_list(list, name,    part, n, i, found) {
    found = "0"
    n = split(list, part, ",")
    for (i = 1; i <= n; i++) {
        if (part[i] ~ /^!/) { if (name ~ as_regex(substr(part[i], 2))) return "-" }
        else if (name ~ as_regex(part[i])) found = "+"
    }
    return found
}

function as_regex(pattern,    i, c, out) {
    for (i = 1; i <= length(pattern); i++) {
        c = substr(pattern, i, 1)
        out = out (c == "*" ? ".*" : c == "?" ? "." : c ~ /[A-Za-z0-9_@-]/ ? c : c == "^" ? "\\^" : c == "\\" ? "\\\\" : "[" c "]")
    }
    return "^" out "$"
}

# --- addresses

function add_addresses(kind, pattern,    slash, bits, address) {
    if (pattern ~ /[*?]/) { add(kind, pattern ~ /:/ ? wild6(pattern) : wild4(pattern)); return }
    slash = index(pattern, "/")
    address = slash ? substr(pattern, 1, slash - 1) : pattern
    bits = slash ? substr(pattern, slash + 1) + 0 : (address ~ /:/ ? 128 : 32)
    if (address ~ /:/) network6(kind, address, bits)
    else if (address ~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/) network4(kind, address, bits)
    else print "unclear\tit has a Match block on the address `" pattern "`, which is not understood here"
}

function network4(kind, address, bits,    o, n, size) {
    split(address, o, "."); size = 2 ^ (32 - bits)
    n = ((o[1] * 256 + o[2]) * 256 + o[3]) * 256 + o[4]
    n = int(n / size) * size
    add(kind, dotted(n))
    if (n + size < 4294967296) add(kind, dotted(n + size))
}

function dotted(n) { return int(n / 16777216) "." int(n / 65536) % 256 "." int(n / 256) % 256 "." n % 256 }

function wild4(pattern,    o, n) {
    pattern = instance(pattern, "1")
    for (n = split(pattern, o, "."); n < 4; n++) pattern = pattern ".1"
    return pattern
}

function wild6(pattern,    o) {
    if (pattern == "*:*") return "2001:db8::7"
    pattern = instance(pattern, "1")
    return pattern ~ /::/ || split(pattern, o, ":") == 8 ? pattern : pattern "::1"
}

function network6(kind, address, bits,    g, size, at, i) {
    if (!groups6(address, g)) { print "unclear\tit has a Match block on the address `" address "`, which is not understood here"; return }
    at = int((bits + 15) / 16); size = 2 ^ (16 * at - bits)
    if (at) g[at] = int(g[at] / size) * size
    for (i = at + 1; i <= 8; i++) g[i] = 0
    add(kind, colons(g))
    if (!at) return
    for (g[at] += size; at > 1 && g[at] > 65535; at--) { g[at] -= 65536; g[at - 1]++ }
    if (g[1] <= 65535) add(kind, colons(g))
}

function colons(g,    i, out) { for (i = 1; i <= 8; i++) out = out (i > 1 ? ":" : "") hex(g[i]); return out }
function hex(n,    out) { do { out = substr("0123456789abcdef", n % 16 + 1, 1) out; n = int(n / 16) } while (n); return out }
function number(text,    i, n, d) {
    for (i = 1; i <= length(text); i++) { if (!(d = index("0123456789abcdef", tolower(substr(text, i, 1))))) return -1; n = n * 16 + d - 1 }
    return n + 0
}

function groups6(address, g,    half, h, left, right, l, r, i) {
    h = index(address, "::")
    l = split(h ? substr(address, 1, h - 1) : address, left, ":")
    r = h ? split(substr(address, h + 2), right, ":") : 0
    if (h ? l + r > 7 : l != 8) return 0
    for (i = 1; i <= 8; i++) g[i] = 0
    for (i = 1; i <= l; i++) if ((g[i] = number(left[i])) < 0) return 0
    for (i = 1; i <= r; i++) if ((g[8 - r + i] = number(right[i])) < 0) return 0
    return 1
}
