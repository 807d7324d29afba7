# Why a path cannot be seen; nothing when it is there, or is certainly not. Root may not enter a home that another machine or
# another user's program serves (NFS with root_squash, FUSE), though sshd, which turns into that user first, may.
not_seen() { # PATH...
    find -L "$@" -maxdepth 0 2>&1 >/dev/null | certainly_absent | sed 's/.*: //' | head -n 1
}

# Takes the complaints about paths that are not there out of what a tool said.
certainly_absent() { grep -v -e 'No such file or directory$' -e 'Not a directory$' -e 'Too many levels of symbolic links$'; }

in_portions() { # COMMAND PATHS-ONE-A-LINE ; COMMAND PATH... with at most 500 of them at a time
    command=$1 rest=$2
    while [ -n "$rest" ]; do
        IFS=$newline
        # shellcheck disable=SC2046 # a list of paths
        set -- $(printf '%s\n' "$rest" | head -n 500)
        unset IFS
        rest=$(printf '%s\n' "$rest" | sed 1,500d)
        "$command" "$@"
    done
}
