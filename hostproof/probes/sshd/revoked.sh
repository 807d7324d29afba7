# As sshd: a list of revoked keys that cannot be read revokes every key.
is_revoked() { # LINE
    printf '%s\n' "$1" | ssh-keygen -Q -f "$revoked" /dev/stdin >/dev/null 2>&1
    case $? in 0) return 1 ;; 1) return 0 ;; esac
    if [ -f "$revoked" ] && [ ! -s "$revoked" ]; then return 1; fi
    listed=$(ssh-keygen -lf "$revoked" 2>/dev/null) || return 0
    asked=$(printf '%s\n' "$1" | ssh-keygen -lf - 2>/dev/null | cut -d ' ' -f 2)
    case $listed in *" $asked "*) return 0 ;; *) return 1 ;; esac
}
