"""A session with a real shell: what comes back is what the commands printed, however odd."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostproof.connection.answer import TIMED_OUT, Command
from hostproof.connection.framing import preamble, program
from hostproof.connection.session import Session, SessionLost

# The commands of a test can name the session's shell: its process id is in their environment.
SHELL = ["sh", "-c", "SHELL_PID=$$; export SHELL_PID; exec sh"]


@pytest.fixture
def session():
    session = Session(SHELL, patience=10)
    yield session
    session.close()


def ask(session: Session, *texts: str):
    return list(session.ask([Command(text) for text in texts]))


def test_output_status_and_errors_come_back_apart(session):
    (answer,) = ask(session, "echo out; echo err >&2; exit 3")

    assert (answer.stdout, answer.stderr, answer.status) == ("out\n", "err", 3)


def test_a_batch_is_answered_in_order(session):
    answers = ask(session, "echo one", "false", "echo three")

    assert [(a.stdout, a.status) for a in answers] == [("one\n", 0), ("", 1), ("three\n", 0)]


def test_live_questions_follow_a_batch_in_the_same_session(session):
    ask(session, "true", "true")

    (answer,) = ask(session, "echo later")
    assert answer.stdout == "later\n"


def test_slow_commands_run_beside_the_others_and_answer_last(session):
    slow = [Command(f"sleep 1; echo slow {number}; nice", slow=True) for number in (1, 2, 3)]
    began = time.monotonic()

    answers = list(session.ask([slow[0], Command("echo quick; sleep 1; nice"), *slow[1:], Command("false")]))

    assert [a.stdout.split("\n")[0] for a in answers] == ["quick", "", "slow 1", "slow 2", "slow 3"]
    calm = {int(a.stdout.split()[-1]) for a in answers[2:]}
    assert calm == {int(answers[0].stdout.split()[-1]) + 10}
    assert time.monotonic() - began < 3
    assert all(0.9 < a.seconds < 2 for a in answers if a.stdout)


def test_a_slow_command_may_print_more_than_a_pipe_holds(session):
    large = Command("head -c 3000000 /dev/zero | tr '\\000' x; echo; echo gone >&2; exit 5", limit=5_000_000, slow=True)

    quick, answer = session.ask([large, Command("sleep 0.5; echo quick")])

    assert (quick.stdout, len(answer.stdout), answer.stderr, answer.status) == ("quick\n", 3_000_001, "gone", 5)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_every_output_comes_back_byte_for_byte(raw):
    octal = "".join(f"\\{byte:03o}" for byte in raw)
    session = Session(["sh"], patience=10)
    try:
        (answer,) = session.ask([Command(f"printf '{octal}'")])
    finally:
        session.close()
    assert answer.stdout == raw.decode("utf-8", errors="backslashreplace")


@pytest.mark.parametrize("text", ["=x", "!0", "@0123 end 1", "\n\n", "no newline", "\n!0\n@x end 1\n"])
def test_output_that_looks_like_framing_is_output(session, text):
    (answer,) = session.ask([Command(f"printf '%s' '{text}'")])

    assert answer.stdout == text


def test_a_command_that_hangs_is_ended_and_the_next_one_runs(session):
    slow, quick = session.ask([Command("sleep 30", seconds=1), Command("echo still here")])

    assert slow.status == TIMED_OUT
    assert quick.stdout == "still here\n"


def test_output_beyond_the_limit_is_cut_and_marked(session):
    long, exact = session.ask([Command("yes", limit=1000), Command("printf 1234", limit=4)])

    assert (len(long.stdout), long.truncated) == (1000, True)
    assert (exact.stdout, exact.truncated) == ("1234", False)


def test_a_command_reads_nothing_of_the_program_that_follows(session):
    greedy, after = ask(session, "cat", "echo after")

    assert (greedy.stdout, after.stdout) == ("", "after\n")


def test_a_command_cannot_write_into_the_answers_of_others(session):
    intruder, after = ask(session, "echo '@forged end 1' >&3", "echo after")

    assert intruder.status != 0
    assert after.stdout == "after\n"


def test_the_search_path_and_language_are_ours(session):
    (answer,) = ask(session, 'echo "$PATH $LC_ALL"')

    assert answer.stdout.split() == ["/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "C"]


def test_a_shell_that_dies_mid_batch_keeps_what_it_had_answered(session):
    answers = session.ask([Command("echo first"), Command("kill -9 $SHELL_PID"), Command("echo never")])

    assert next(answers).stdout == "first\n"
    with pytest.raises(SessionLost, match="closed the session"):
        list(answers)


def test_garbage_instead_of_an_answer_ends_the_session():
    garbage = "read -r line; while read -r line; do case $line in *ready*) break;; esac; done; "
    script = garbage + "head -c 300 /dev/urandom; echo; sleep 5"

    with pytest.raises(SessionLost):
        _ = Session(["sh", "-c", script], patience=2).user_id


def test_endless_greetings_are_bounded():
    with pytest.raises(SessionLost, match="before its shell answers"):
        _ = Session(["sh", "-c", "yes welcome"], patience=20).user_id


def test_a_host_that_says_nothing_is_given_up_in_time():
    begun = time.monotonic()

    with pytest.raises(SessionLost, match="fell silent"):
        _ = Session(["sleep", "60"], patience=1).user_id
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("leave", ["sleep 30 &", "(trap '' TERM HUP; exec sleep 30) &", "setsid sleep 30 &", "(sleep 30; yes) &"])
def test_what_a_command_leaves_running_holds_up_nobody(session, leave):
    began = time.monotonic()

    answers = list(session.ask([Command(f"echo out; echo err >&2; {leave} exit 3"), Command("echo after"),
                                Command(f"{leave} echo calmly", slow=True)]))  # fmt: skip

    assert [(a.stdout, a.stderr, a.status) for a in answers] == [("out\n", "err", 3), ("after\n", "", 0), ("calmly\n", "", 0)]
    assert ask(session, "echo later")[0].stdout == "later\n"
    assert time.monotonic() - began < 10


def test_all_that_a_command_printed_is_kept_although_it_leaves_something_running(session):
    (answer,) = session.ask([Command("head -c 1500000 /dev/zero | tr '\\000' x; sleep 30 & printf end", limit=2_000_000)])

    assert (len(answer.stdout), answer.stdout[-4:], answer.truncated) == (1_500_003, "xend", False)


def test_complaints_without_end_are_bounded(session):
    complain = "head -c 15000000 /dev/zero >&2; sleep 1"  # the output goes on when the complaints are bounded already
    (endless, after) = session.ask([Command(f"echo out; {complain}; echo more; exit 3"), Command("echo after")])

    assert (endless.stdout, endless.status, after.stdout) == ("out\nmore\n", 3, "after\n")
    assert 3900 < len(endless.stderr) <= 4000


@pytest.mark.parametrize("quoted", ["!!", "'!ls'", "a\\nb\\0041\\\\", "two\nlines", "tab\t", "\\c", "%s%%", "$HOME `id`", "'"])
def test_every_character_of_a_command_arrives(session, quoted):
    (answer,) = ask(session, f"printf '%s' {shlex.quote(quoted)}")

    assert answer.stdout == quoted


@pytest.mark.parametrize("reader", ["csh", "fish", "rbash", "python3"])
def test_who_is_no_posix_shell_runs_nothing_of_the_program(reader, tmp_path):
    if not shutil.which(reader):
        pytest.skip(f"needs {reader}")
    touch = f"touch {tmp_path}/made"
    texts = [touch, f"\n{touch}\n", f"x'; {touch}; '", f"!!; {touch}", f"`{touch}` $({touch})", "x > made", "x\\\n> made\\"]
    commands = list(enumerate([*map(Command, texts), Command(touch, slow=True)]))

    subprocess.run([reader], cwd=tmp_path, input=program(commands), capture_output=True, text=True, timeout=30)
    subprocess.run([reader], cwd=tmp_path, input=preamble("x"), capture_output=True, text=True, timeout=30)

    assert list(tmp_path.iterdir()) == []


def test_nobody_on_the_host_can_see_the_token(session):
    (answer,) = session.ask([Command("tr '\\000' ' ' </proc/$SHELL_PID/cmdline; cat /proc/[0-9]*/cmdline /proc/self/environ "
                                     "2>/dev/null | tr '\\000' ' '", limit=10_000_000)])  # fmt: skip

    assert session._token not in answer.stdout
    assert "head" in answer.stdout


def test_what_the_connection_complained_about_is_kept():
    with pytest.raises(SessionLost) as lost:
        _ = Session(["sh", "-c", "echo 'ssh: no way' >&2; exit 255"], patience=5).user_id

    assert lost.value.last_words == "ssh: no way\n"


def test_nothing_is_left_running_after_close(session):
    (answer,) = ask(session, "echo $SHELL_PID")
    session.close()

    assert subprocess.run(["ps", "-p", answer.stdout.strip()], capture_output=True).returncode != 0
