"""Programs that run another program: what is left when they are taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Wrapper:
    """A program that runs what follows its own options and operands.

    valued: its options whose value is the next word. operands: how many words of its own come before the command.
    text: its option that takes shell text instead of a command.
    """

    valued: frozenset[str] = frozenset()
    operands: int = 0
    text: str = ""


def _wrapper(valued: str = "", operands: int = 0, text: str = "") -> Wrapper:
    return Wrapper(frozenset(valued.split()), operands, text)


SHELL = _wrapper("-o -O --rcfile --init-file", text="-c")
WRAPPERS = {
    "nice": _wrapper("-n --adjustment"),
    "ionice": _wrapper("-c --class -n --classdata"),
    "chrt": _wrapper("-T -P -D", operands=1),
    "taskset": _wrapper(operands=1),
    "timeout": _wrapper("-s --signal -k --kill-after", operands=1),
    "flock": _wrapper("-w --timeout --wait -E --conflict-exit-code", operands=1, text="-c"),
    "lckdo": _wrapper("-W", operands=1),
    "env": _wrapper("-u --unset -C --chdir"),
    "nohup": _wrapper(),
    "setsid": _wrapper(),
    "chronic": _wrapper(),
    "cronic": _wrapper(),
    "run-one": _wrapper(),
    "unbuffer": _wrapper(),
    "stdbuf": _wrapper("-i -o -e --input --output --error"),
    "time": _wrapper("-f -o --format --output"),
    "exec": _wrapper("-a"),
    "command": _wrapper(),
    "builtin": _wrapper(),
    "systemd-cat": _wrapper("-t --identifier -p --priority"),
    "systemd-run": _wrapper(
        "-p --property -u --unit -E --setenv -M --machine --uid --gid --slice --nice --description"
    ),
    "systemd-inhibit": _wrapper("--what --who --why --mode"),
    "sudo": _wrapper("-u --user -g --group -p --prompt -C -D -R -T -h"),
    "doas": _wrapper("-a -C -u"),
    "runuser": _wrapper("-u --user -g --group -G --supp-group", text="-c"),
    "su": _wrapper("-g --group -G --supp-group -s --shell", operands=1, text="-c"),
    "setpriv": _wrapper(),
    "capsh": _wrapper(text="-c"),
    "eval": _wrapper(),
    **dict.fromkeys(("sh", "bash", "dash", "ash", "ksh", "zsh"), SHELL),
}
SOURCING = {".", "source"}
RAISING = {"sudo", "doas"}


@dataclass(frozen=True)
class Inner:
    """What is run in the end: the words of a command, the text that a shell is given, or the script that it reads.

    by_sudo: sudo or doas starts it.
    """

    words: tuple[str, ...] = ()
    text: str = ""
    script: str = ""
    by_sudo: bool = False


def unwrapped(words: list[str]) -> Inner:
    """The command without the programs that only run it."""
    rest, by_sudo = list(words), False
    while rest:
        name = rest[0].rpartition("/")[2]
        if name in SOURCING:
            return Inner(script=rest[1] if rest[1:] else "", by_sudo=by_sudo)
        wrapper = WRAPPERS.get(name)
        if wrapper is None or (name == "command" and rest[1:2] in (["-v"], ["-V"])):
            return Inner(tuple(rest), by_sudo=by_sudo)
        by_sudo |= name in RAISING
        rest, text = _without(rest[1:], wrapper)
        if text:
            return Inner(text=text, by_sudo=by_sudo)
        if name == "eval":
            return Inner(text=" ".join(rest), by_sudo=by_sudo)
        if wrapper is SHELL:
            return Inner(script=rest[0] if rest else "", by_sudo=by_sudo)
        if name in ("env", "sudo"):
            while rest and re.match(r"[A-Za-z_][A-Za-z0-9_]*=", rest[0]):
                rest.pop(0)
    return Inner()


def _without(words: list[str], wrapper: Wrapper) -> tuple[list[str], str]:
    """What follows the options and operands of a wrapper, and the shell text that it was given instead."""
    operands = wrapper.operands
    while words and (words[0].startswith("-") or operands):
        word = words.pop(0)
        if wrapper.text and _gives_text(word, wrapper.text) and words:
            return [], words[0]
        if not word.startswith("-"):
            operands -= 1
        elif word == "--" and not wrapper.text:
            break
        elif word in wrapper.valued and words:
            words.pop(0)
    if wrapper.text and words and _gives_text(words[0], wrapper.text) and words[1:]:
        return [], words[1]
    return words, ""


def _gives_text(word: str, option: str) -> bool:
    """`-c`, also among other letters as in `sh -ec`."""
    return word in (option, "--command") or bool(re.fullmatch(r"-[a-zA-Z]*" + option[1:], word))
