# shellcheck shell=sh
# Sourced by ./audit and ./selftest, which set $root: makes sure that what they run on is there.
#
#   provide run|dev GROUP...    the system packages of those groups (system.txt), and .venv as the lock files say
#
# Takes milliseconds when nothing is missing. What is missing is installed; where that may not or cannot be done, one
# line on stderr says what to do and the exit status is 2.

# shellcheck disable=SC2154 # root
program=${0##*/}
needs=$root/requirements
venv=$root/.venv
PATH=$PATH:/usr/sbin:/sbin # Debian keeps ip and nft there, out of a plain user's sight

say() { printf '%s: %s\n' "$program" "$*" >&2; }

stop() {
    say "$@"
    exit 2
}

provide() {
    level=$1
    shift
    exec 9<"$needs"
    missing=$(missing_packages "$@")
    if [ -z "$missing" ] && hold_venv -s && ready "$level"; then return; fi

    ready "$level" || find_python || missing="$missing $python_package"
    # shellcheck disable=SC2086 # a list of package names
    [ -z "$missing" ] || install_packages $missing
    hold_venv -s
    ready "$level" || make_venv "$level"
}

# --- commands: every file and log of what is installed ---

start_log() { log=$(mktemp "${TMPDIR:-/tmp}/hostproof-$program.XXXXXX") || stop "cannot write to ${TMPDIR:-/tmp}"; }

logged() { "$@" >>"$log" 2>&1 </dev/null; }

# Ends the program with the first complaint in the log.
failed() {
    complaint=$(sed -nE 's/^WARNING: Retrying .* after (connection broken by .*): .*/\1/
        /^(connection broken|W: Failed to fetch|E[A-Za-z]*:) /{p;q;}' "$log")
    stop "$1 failed: ${complaint:-$(tail -n 1 "$log")} (everything it said: $log)"
}

# --- system packages ---

missing_packages() {
    while read -r group thing debian fedora; do
        case " $* " in *" $group "*) ;; *) continue ;; esac
        case $thing in
        /*) [ -e "$thing" ] && continue ;;
        *) command -v "$thing" >/dev/null && continue ;;
        esac
        if debian_family; then package=$debian; else package=$fedora; fi
        printf ' %s' "$package"
    done <"$needs/system.txt"
}

debian_family() { [ -e /etc/debian_version ]; }

install_packages() {
    if ! debian_family; then
        ! command -v dnf >/dev/null || stop "first run, as root: dnf install -y $*"
        stop "first install these, named here as in Fedora: $*"
    fi
    [ "$(id -u)" = 0 ] || stop "first run, as root: apt-get update && apt-get install -y --no-install-recommends $*"

    say "installing $* ..."
    start_log
    # The lists are updated only where they do not serve: how old they are is what an audit of this machine tells.
    if ! apt_install "$@"; then
        : >"$log"
        logged apt-get update || :
        apt_install "$@" || failed "apt-get install $*"
    fi
    rm -f "$log"
}

# Asks nothing, waits for another apt, restarts no service of this machine and starts none under SysV init (RUNLEVEL).
apt_install() {
    logged env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 RUNLEVEL=1 \
        apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# --- .venv ---

# The newest Python that can make a .venv, in $python; else false, and in $python_package what brings one.
find_python() {
    python_package=
    for python in python3.14 python3.13 python3.12 python3.11 python3; do
        lacks=$("$python" -I -c '
import sys
if sys.version_info < (3, 11):
    sys.exit(1)
try:
    import ensurepip, ssl, venv
except ImportError:
    print("python{}.{}-venv".format(*sys.version_info))
' 2>/dev/null) || continue
        [ -n "$lacks" ] || return 0
        python_package=${python_package:-$lacks}
    done
    if [ -z "$python_package" ]; then
        ! command -v python3 >/dev/null || stop "Python 3.11 or newer is needed, this is $(python3 -V 2>&1);" \
            "on Ubuntu 22.04 run, as root: apt-get install python3.11-venv"
        if debian_family; then python_package=python3-venv; else python_package=python3; fi
    fi
    return 1
}

# Lock files and place that .venv was made from: a moved or copied tree needs its own.
inputs() {
    case $1 in
    run) printf '%s\n' "$root" && cat "$needs/build.lock" "$needs/run.lock" "$root/pyproject.toml" ;;
    dev) cat "$needs/dev.lock" ;;
    esac | cksum
}

made() { [ -x "$venv/bin/python" ] && [ "$(inputs "$1")" = "$(cat "$venv/made-from.$1" 2>/dev/null)" ]; }

ready() { made run && { [ "$1" = run ] || made dev; }; }

# Whoever runs from .venv holds it shared until it ends (descriptor 9 outlives exec); whoever makes it, exclusively.
hold_venv() {
    flock -n "$1" 9 2>/dev/null && return
    [ $? = 1 ] || return 0 # a file system without such locks
    say "waiting for another run that makes or uses .venv ..."
    flock -w 1800 "$1" 9 || stop "another run has been busy with .venv for 30 minutes; try again when it has ended"
}

make_venv() {
    hold_venv -x
    if ! ready "$1"; then # nobody else made it meanwhile
        find_python || stop "no Python here can make a .venv, even with $python_package installed"
        say "setting up .venv (once, about half a minute) ..."
        start_log
        (cd "$root" && fill_venv "$1") || exit
        rm -f "$log"
    fi
    hold_venv -s
}

# Runs in a subshell: a half-made .venv does not outlive it, and one that did (power cut) has no made-from.
fill_venv() {
    trap 'rm -f "$log"; exit 2' HUP INT TERM
    if ! made run; then
        trap 'rm -rf "$venv"' EXIT
        rm -rf "$venv"
        logged "$python" -m venv "$venv" || failed "$python -m venv"
        locked build
        locked run
        logged pip_install --no-deps --editable . || failed "pip install --editable ."
        inputs run >"$venv/made-from.run" || stop "cannot write to $venv"
        trap - EXIT
    fi
    if [ "$1" = dev ]; then
        rm -f "$venv/made-from.dev"
        locked dev
        inputs dev >"$venv/made-from.dev" || stop "cannot write to $venv"
    fi
}

locked() { logged pip_install --require-hashes --requirement "$needs/$1.lock" ||
    failed "pip install of requirements/$1.lock"; }

# Builds use the locked setuptools, not what pip would fetch for them unchecked.
pip_install() {
    "$venv/bin/python" -m pip install --no-input --no-user --disable-pip-version-check \
        --no-build-isolation --use-pep517 "$@"
}
