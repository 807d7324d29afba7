"""Which commands a piece of shell text runs.

Text is read, never executed. Loops, functions and `case` are walked through once; an `if` or `&&` whose test is about a
file that we know of is decided, any other may go either way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

OPERATORS = ("&&", "||", ";;", ";", "&", "|", "(", ")", "\n")
ENDS = frozenset(OPERATORS) | {""}
BLANK = re.compile(r"(?:[ \t]|\\\n)+")
REDIRECTION = re.compile(r"\d*(?:<<<|<<-?|>>|>\||>&|<&|&>>|&>|<>|<|>)")
ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
VARIABLE = re.compile(r"\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})")
SKIPPED = {"for", "case", "select", "function", "esac", "done"}
LEADING = {"then", "do", "else", "while", "until", "if", "elif", "fi", "!", "{", "}"}
EXPORTS = {"export", "readonly", "local", "declare"}
BREAK = "\0"  # where an unquoted variable falls apart into words


class NotShell(ValueError):
    """A shell would not run the text; the message says why."""


@dataclass
class _Branch:
    """An `if`, { or ( that the walk is inside of.

    now: whether its commands run. chosen: whether an earlier branch was taken. None: it may be either.
    """

    kind: str
    now: bool | None = True
    chosen: bool | None = False


@dataclass
class Walk:
    """One walk through a text. known: whether a file exists, or None when that was not looked at."""

    text: str
    known: Callable[[str], bool | None] = lambda path: None
    variables: dict[str, str] = field(default_factory=dict)
    _at: int = 0
    _heredocs: list[str] = field(default_factory=list)
    _inner: list[str] = field(default_factory=list)
    _branches: list[_Branch] = field(default_factory=list)

    def commands(self) -> Iterator[list[str]]:
        """The words of each simple command that may run, without assignments and redirections. Raises NotShell."""
        result: bool | None = None  # of the command before; None when it may be either
        joined = ""  # the operator in between
        while True:
            words, end = self._simple()
            inner, self._inner = self._inner, []
            certain, possible = _follows(joined, result)
            negated = False
            while words and words[0] in LEADING:
                keyword = words.pop(0)
                negated ^= keyword == "!"
                self._enter(keyword, possible, result)
            reached, grouped = possible, bool(self._branches and self._branches[-1].kind == "(")
            if end == "(" or (end == ")" and not grouped):
                words = []  # the name of a function, or a pattern of a `case`
            certain &= all(branch.now is True for branch in self._branches)
            possible &= all(branch.now is not False for branch in self._branches)
            if possible:
                for text in inner:
                    yield from Walk(text, self.known, self.variables).commands()
                if words and words[0] not in SKIPPED:
                    yield words
                    if certain and (words[0] == "exit" or (words[0] == "exec" and words[1:])):
                        return
                    result = self._result(words, negated)
            if end == "(":
                self._branches.append(_Branch("(", reached))
            elif end == ")" and grouped:
                self._branches.pop()
            else:
                joined = end
            if not end:
                return

    def _enter(self, keyword: str, possible: bool, result: bool | None) -> None:
        inside = self._branches[-1] if self._branches else None
        if keyword in ("if", "{"):
            self._branches.append(_Branch(keyword, possible))
        elif keyword == "then" and inside:
            inside.now = False if inside.chosen else result
            inside.chosen = inside.chosen or result
        elif keyword in ("else", "elif") and inside:
            inside.now = None if inside.chosen is None else not inside.chosen
        elif inside and (keyword, inside.kind) in (("fi", "if"), ("}", "{")):
            self._branches.pop()

    def _result(self, words: list[str], negated: bool) -> bool | None:
        """Whether a command succeeds, as far as that can be known."""
        outcome: bool | None = {"true": True, ":": True, "false": False}.get(words[0])
        if words[0] in ("test", "["):
            operands = words[1:-1] if words[0] == "[" else words[1:]
            if operands[:1] == ["!"]:
                negated, operands = not negated, operands[1:]
            if len(operands) == 2 and operands[0] in ("-x", "-f", "-e", "-d", "-r", "-s"):
                outcome = self.known(operands[1])
        return outcome if outcome is None else outcome != negated

    def _simple(self) -> tuple[list[str], str]:
        """The words of the next simple command, and the operator that ends it ("" at the end of the text)."""
        words: list[str] = []
        assigned: dict[str, str] = {}
        while True:
            token, quoted = self._token()
            if not quoted and token in ENDS:
                if not words:
                    self.variables.update(assigned)
                return words, token
            if not quoted and REDIRECTION.fullmatch(token):
                target, _ = self._token()
                if token.lstrip("0123456789") in ("<<", "<<-"):
                    self._heredocs.append(target)
                continue
            if not words and (found := ASSIGNMENT.fullmatch(token)):
                assigned[found[1]] = found[2].replace(BREAK, " ")
            elif words[:1] and words[0] in EXPORTS and (found := ASSIGNMENT.fullmatch(token)):
                self.variables[found[1]] = found[2].replace(BREAK, " ")
            else:
                words += [token] if quoted else [part for part in token.split(BREAK) if part]

    def _token(self) -> tuple[str, bool]:
        """The next word or operator, and whether quotes made it a word."""
        text = self.text
        if blank := BLANK.match(text, self._at):
            self._at = blank.end()
        if text.startswith("#", self._at):
            self._at = _end_of_line(text, self._at)
        for operator in OPERATORS:
            if text.startswith(operator, self._at) and not REDIRECTION.match(text, self._at):
                self._at += len(operator)
                if operator == "\n":
                    self._skip_heredocs()
                return operator, False
        if found := REDIRECTION.match(text, self._at):
            self._at = found.end()
            return found[0], False
        return self._word()

    def _skip_heredocs(self) -> None:
        for word in self._heredocs:
            closing = re.compile(rf"^\t*{re.escape(word)}$\n?", re.MULTILINE).search(self.text, self._at)
            self._at = closing.end() if closing else len(self.text)
        self._heredocs = []

    def _word(self) -> tuple[str, bool]:
        text, parts, quoted = self.text, [], False
        if text.startswith("~/", self._at) and "HOME" in self.variables:
            parts.append(self.variables["HOME"].rstrip("/"))
            self._at += 1
        while self._at < len(text):
            character = text[self._at]
            if character in " \t\n;&|()<>":
                break
            if character == "'":
                end = self._closing("'", self._at + 1)
                parts.append(text[self._at + 1 : end])
                quoted, self._at = True, end + 1
            elif character == '"':
                parts.append(self._double_quoted())
                quoted = True
            else:
                parts.append(self._plain(BREAK))
        return "".join(parts), quoted

    def _double_quoted(self) -> str:
        parts: list[str] = []
        self._at += 1
        while not self.text.startswith('"', self._at):
            if self._at >= len(self.text):
                raise NotShell("a quote is not closed")
            parts.append(self._plain(" "))
        self._at += 1
        return "".join(parts)

    def _plain(self, blank: str) -> str:
        """One character, escape, variable or substitution. blank: what stands for blanks that a variable brings."""
        text, at = self.text, self._at
        if text.startswith("$(", at) or text.startswith("`", at):
            end = _closing_bracket(text, at + 2) if text[at] == "$" else self._closing("`", at + 1)
            if not text.startswith("$((", at):
                self._inner.append(text[at + (2 if text[at] == "$" else 1) : end])
            self._at = end + 1
            return "$()"
        if found := VARIABLE.match(text, at):
            self._at = found.end()
            value = self.variables.get(found[1] or found[2])
            return found[0] if value is None else value.replace(" ", blank)
        self._at += 1
        if text[at] == "\\" and self._at < len(text):
            self._at += 1
            return text[at + 1]
        return text[at]

    def _closing(self, quote: str, start: int) -> int:
        end = self.text.find(quote, start)
        if end < 0:
            raise NotShell("a quote is not closed")
        return end


def _follows(joined: str, result: bool | None) -> tuple[bool, bool]:
    """Whether a command surely runs, and whether it may, after an operator and the outcome of what stands before it."""
    wanted = {"&&": True, "||": False}.get(joined)
    return (True, True) if wanted is None else (result is wanted, result is not (not wanted))


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _closing_bracket(text: str, start: int) -> int:
    depth, quote = 1, ""
    for at in range(start, len(text)):
        if quote:
            quote = "" if text[at] == quote else quote
        elif text[at] in "'\"":
            quote = text[at]
        elif text[at] in "()":
            depth += 1 if text[at] == "(" else -1
            if depth == 0:
                return at
    raise NotShell("a bracket is not closed")
