# Finds the SSH servers that listen on this host and says how each was started. Prints, tab separated:
#   server PID PROGRAM      a server; the lines up to the next one belong to it. PID 0: systemd listens and starts PROGRAM on demand
#   listen ADDRESS:PORT
#   said TEXT               its arguments as it shows them, \037 between them
#   problem TEXT            why its settings cannot be had
# and then calls openssh PID SSHD OPTION... for each sshd that is safe to ask.
#
# Whatever is run here belongs to root, and is what root already runs as its sshd.

tab=$(printf '\t')
newline='
'
set -f

needs() { # TOOL... ; without one of them what is seen would be taken for all there is
    for tool in "$@"; do
        command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 127; }
    done
}

needs awk head readlink sed sort ss stat tr

one_line() { tr '\000\n' '\037\037' | tr -d '\001-\036\177'; }
say() { printf '%s' "$1"; shift; for word in "$@"; do printf '\t%s' "$word"; done; printf '\n'; }

ssh_servers() {
    sockets=$(ss -Hltnp) || exit
    holders=$(printf '%s\n' "$sockets" | socket_holders)
    for pid in $(printf '%s\n' "$holders" | awk '{ print $1 }' | sort -un); do
        program=$(readlink "/proc/$pid/exe")
        program=${program% (deleted)}
        listens=$(printf '%s\n' "$holders" | awk -v pid="$pid" '$1 == pid { print $2 }')
        case ${program##*/} in
        sshd) openssh_daemon ;;
        dropbear | dropbearmulti | tinysshd | lshd | wolfsshd | sftpgo | teleport) other_server ;;
        systemd) if [ "$pid" = 1 ]; then on_demand; fi ;;
        *) if on_port_22; then other_server; fi ;;
        esac
    done
}

# PID ADDRESS:PORT for each process that holds a listening socket. systemd keeps what it has handed over: then the other one counts.
socket_holders() {
    awk '{
        rest = $0; held = ""
        while (match(rest, /pid=[0-9]+/)) {
            pid = substr(rest, RSTART + 4, RLENGTH - 4); rest = substr(rest, RSTART + RLENGTH)
            if (pid != 1) { print pid, $4; held = "other" } else if (held == "") held = "systemd"
        }
        if (held == "systemd") print 1, $4
        if (held == "") print 0, $4
    }'
}

on_port_22() { case "$newline$listens$newline" in *:22"$newline"*) true ;; *) false ;; esac; }

begin_server() { # PID PROGRAM ARGUMENTS
    say server "$1" "$2"
    for where in $listens; do say listen "$where"; done
    say said "$3"
}

other_server() {
    begin_server "$pid" "${program:-unknown}" "$(one_line <"/proc/$pid/cmdline")"
}

openssh_daemon() {
    said=$(one_line <"/proc/$pid/cmdline")
    begin_server "$pid" "$program" "$said"
    if ! roots_own "$pid"; then
        say problem "it is not root's own sshd in this host's file system"
    else
        ask_openssh "$pid" "/proc/$pid/exe" "$(printf '%s' "$said" | started_with)"
    fi
}

# Never run a file that anybody but root chose: not another user's, not a container's, not one that others can write to.
roots_own() {
    [ "$(awk '$1 == "Uid:" { print $2, $3, $4 }' "/proc/$1/status")" = "0 0 0" ] &&
        [ "$(readlink "/proc/$1/ns/mnt")" = "$(readlink /proc/self/ns/mnt)" ] &&
        [ "$(readlink "/proc/$1/root")" = / ] && written_by_root_only "/proc/$1/exe"
}

written_by_root_only() {
    case $(stat -L -c '%u %A' "$1") in "0 -????w"* | "0 -???????w"*) false ;; "0 -"*) true ;; *) false ;; esac
}

# The arguments of sshd, one a line. A listening sshd writes them into its title, with blanks between; older ones keep their own.
started_with() {
    awk '{
        text = $0
        if (sub(/^sshd: /, "", text)) {
            if (!sub(/ \[listener\] [0-9]+ of .*$/, "", text)) { print "?"; exit }
            gsub(/ +/, "\037", text)
        }
        n = split(text, word, "\037")
        for (i = 2; i <= n; i++) if (word[i] != "") print word[i]
    }'
}

# The options that decide about settings, one a line without the dash: `oPort=22`. A word without a dash continues the value before it,
# for sshd takes no other words.
settling_options() {
    awk '
    function keep(letter, value) { options++; kept[options] = letter ~ /[fopch46]/; text[options] = letter value }
    $0 == "?" { print "?its title does not show how it was started"; options = 0; exit }
    wanted != "" { keep(wanted, $0); wanted = ""; next }
    /^-./ {
        for (i = 2; i <= length($0); i++) {
            letter = substr($0, i, 1)
            if (index("CEbcfghkopu", letter)) {
                if (i < length($0)) keep(letter, substr($0, i + 1)); else wanted = letter
                break
            }
            keep(letter, "")
        }
        next
    }
    options { text[options] = text[options] " " $0; next }
    { print "?it was started with the argument `" $0 "`, which is not understood here" }
    END { for (i = 1; i <= options; i++) if (kept[i]) print text[i] }'
}

ask_openssh() { # PID SSHD ARGUMENTS-ONE-A-LINE
    daemon=$1 sshd=$2
    options=$(printf '%s\n' "$3" | awk 'NF' | settling_options)
    set --
    IFS=$newline
    for option in $options; do
        case $option in
        \?*) say problem "${option#\?}"; unset IFS; return ;;
        4 | 6) set -- "$@" "-$option" ;;
        *) set -- "$@" "-${option%"${option#?}"}" "${option#?}" ;;
        esac
    done
    unset IFS
    openssh "$daemon" "$sshd" "$@"
}

# Servers that systemd starts when somebody connects: for each connection, or (Ubuntu) at the first one.
on_demand() {
    needs systemctl
    units=$(systemctl list-units --type=socket --state=active --plain --no-legend --no-pager) || exit
    units=$(printf '%s\n' "$units" | awk '{ print $1 }')
    # shellcheck disable=SC2086 # a list of names of units
    shown=$(systemctl show -p Id -p Accept -p Listen -p Triggers -- $units) || exit
    pairs=$(printf '%s\n' "$shown" | started_services)
    for where in $listens; do
        for service in $(printf '%s\n' "$pairs" | awk -v port="${where##*:}" '$1 == port { print $2 }'); do
            on_demand_server "$where" "$service"
        done
    done
}

# PORT SERVICE for each socket unit; a template is asked about as if it had an instance.
started_services() {
    awk '
    function finish(  i, n, s) {
        if (accept == "yes") { service = id; sub(/\.socket$/, "@any.service", service); triggers = service }
        n = split(triggers, s, " ")
        for (i = 1; i <= ports; i++) for (j = 1; j <= n; j++) print port[i], s[j]
        ports = 0; accept = ""; triggers = ""
    }
    /^Id=/ { id = substr($0, 4) }
    /^Accept=/ { accept = substr($0, 8) }
    /^Triggers=/ { triggers = substr($0, 10) }
    /^Listen=[^\/@v].*:[0-9]+ \(Stream\)$/ { sub(/ \(Stream\)$/, ""); sub(/.*:/, ""); port[++ports] = $0 }
    /^$/ { finish() }
    END { finish() }'
}

on_demand_server() { # ADDRESS:PORT SERVICE
    listens=$1
    shown=$(systemctl show -p ExecStart -p Environment -p EnvironmentFiles -- "$2") || exit
    arguments=$(printf '%s\n' "$shown" | service_arguments)
    program=$(printf '%s\n' "$shown" | sed -n 's/^ExecStart={ path=\([^ ]*\) ;.*/\1/p' | head -n 1)
    case ${program##*/} in
    sshd | dropbear | tinysshd) ;;
    *) if ! on_port_22; then return; fi ;;
    esac
    begin_server 0 "${program:-$2}" "$(printf '%s\n%s' "$program" "$arguments" | one_line)"
    if [ "${program##*/}" = sshd ]; then
        if written_by_root_only "$program"; then
            ask_openssh 0 "$program" "$arguments"
        else
            say problem "it is not root's own sshd"
        fi
    fi
}

# The arguments of ExecStart, one a line, with $NAME and ${NAME} replaced as systemd does it.
service_arguments() {
    awk '
    function assign(text,  eq, value) {
        eq = index(text, "="); value = substr(text, eq + 1)
        if (value ~ /^".*"$/ || value ~ /^\047.*\047$/) value = substr(value, 2, length(value) - 2)
        environment[substr(text, 1, eq - 1)] = value
    }
    /^Environment=./ { n = split(substr($0, 13), word, " "); for (i = 1; i <= n; i++) { gsub(/"/, "", word[i]); assign(word[i]) } }
    /^EnvironmentFiles=/ {
        file = substr($0, 18); sub(/ \(ignore_errors=[a-z]*\)$/, "", file)
        files[++n_files] = file
    }
    /^ExecStart=/ && argv == "" { argv = $0; sub(/.*argv\[\]=/, "", argv); sub(/ ; ignore_errors=.*/, "", argv) }
    END {
        for (i = 1; i <= n_files; i++) while ((getline line < files[i]) > 0) if (line ~ /^[A-Za-z_][A-Za-z0-9_]*=/) assign(line)
        n = split(argv, word, " ")
        for (i = 2; i <= n; i++) {
            name = word[i]
            if (name ~ /^\$/) { gsub(/[${}]/, "", name); name = environment[name] }
            gsub(/["\047]/, "", name)
            m = split(name, part, " ")
            for (j = 1; j <= m; j++) print part[j]
        }
    }'
}
