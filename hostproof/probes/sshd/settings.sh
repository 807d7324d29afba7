# The settings that each sshd applies to each kind of log-in. After the lines of daemons.sh, for each server that could be asked:
#   match CRITERIA
#   newer PATH                                             changed after the running daemon had loaded it
#   login USER LIKE HOST ADDR LADDR LPORT RDOMAIN          see logins.awk; the `set` lines up to the next one belong to it
#   set KEYWORD VALUE...
#   problem TEXT

needs cat find getconf

openssh() { # PID SSHD OPTION...
    daemon=$1 sshd=$2
    shift 2
    if ! have_told "$sshd" "$@"; then
        say problem "sshd does not accept its configuration: $(printf '%s\n' "$told" | grep -v '^debug' | head -n 3 | one_line | tr '\037' ' ')"
        return
    fi
    if [ "$daemon" != 0 ]; then changed_since_loaded; fi
    kinds_of_login | while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in login*) if ask_about "$line" "$sshd" "$@"; then printf '%s\n' "$settings" | sed "s/^/set$tab/"; fi ;; esac
    done
}

cannot_compare='it cannot be seen whether its configuration changed after it had loaded it'

# sshd writes its PidFile after it has loaded its configuration, at start and after each reload.
changed_since_loaded() {
    pid_file=$(printf '%s\n' "$told" | sed -n 's/^pidfile //p')
    if [ "$(cat "$pid_file" 2>/dev/null)" = "$daemon" ]; then
        IFS=$newline
        # shellcheck disable=SC2046 # a list of files
        newer=$(find -L $(loaded_paths) -maxdepth 0 -cnewer "$pid_file") || say problem "$cannot_compare"
        for path in $newer; do say newer "$path"; done
    elif started=$(awk -v ticks="$(getconf CLK_TCK)" '
            FILENAME == "/proc/stat" { if ($1 == "btime") boot = $2; next }
            { sub(/.*\) /, ""); printf "%d", boot + $20 / ticks }' /proc/stat "/proc/$daemon/stat"); then
        IFS=$newline
        for path in $(loaded_paths); do
            changed=$(stat -L -c %Z "$path") || say problem "$cannot_compare"
            if [ "${changed:-0}" -gt "$started" ]; then say newer "$path"; fi
        done
    else
        say problem "$cannot_compare"
    fi
    unset IFS
}

# The files, and the folders of the patterns that named them: a file that was taken away leaves no other trace.
loaded_paths() {
    printf '%s\n' "$told" | sed -n 's/^debug2: load_server_config: filename //p'
    printf '%s\n' "$told" | sed -n 's/^debug2: .* line [0-9]*: new include //p' | sed 's,/[^/]*$,,' | sort -u | while IFS= read -r folder; do
        if [ -d "$folder" ]; then printf '%s\n' "$folder"; fi
    done
}

ssh_servers
