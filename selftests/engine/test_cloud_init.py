"""Where user data sets a password, and where it only looks so."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PASSWORDS = Path(__file__).parents[2] / "hostproof" / "probes" / "cloud_init" / "passwords.awk"
AWKS = [[path] for name in ("mawk", "gawk", "original-awk") if (path := shutil.which(name))]


def found(text: str, awk: list[str]) -> list[str]:
    said = subprocess.run([*awk, "-v", "path=p", "-f", PASSWORDS], input=text, capture_output=True, text=True, check=True).stdout
    return [line.split("\t", 2)[2].replace("\t", " ") for line in said.splitlines()]


@pytest.mark.parametrize("awk", AWKS, ids=lambda awk: Path(awk[0]).name)
@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("#cloud-config\npassword: secret\n", ["2 password"]),
        ("#cloud-config\n'password': 'secret'\n", ["2 password"]),
        ('#cloud-config\n{"password": "secret", "ssh_pwauth": false}\n', ["2 password"]),
        ("users:\n  - name: eve\n    plain_text_passwd: secret\n", ["3 plain_text_passwd"]),
        ("users:\n  - {name: eve, hashed_passwd: $6$a$b, lock_passwd: false}\n", ["2 hashed_passwd"]),
        ("users:\n- passwd: $6$a$b\n  name: eve\n", ["2 passwd"]),
        ("user: {name: eve, passwd: secret}\n", ["1 passwd"]),
        ("chpasswd:\n  users:\n  - name: eve\n    password: secret\n", ["4 password"]),
        ("chpasswd: {expire: false, users: [{name: eve, password: secret}]}\n", ["1 password"]),
        ("chpasswd:\n  list: |\n    eve:secret\n    bob:R\n", ["3 list of chpasswd"]),
        ("chpasswd:\n  list:\n  - eve:secret\n", ["3 list of chpasswd"]),
        ("chpasswd: {list: ['eve:secret']}\n", ["1 list of chpasswd"]),
        ("#!/bin/sh\necho eve:secret | chpasswd\n", ["2 chpasswd"]),
        ("#!/bin/sh\n/usr/sbin/chpasswd <<E\neve:secret\nE\n", ["2 chpasswd"]),
        ("runcmd:\n- [sh, -c, 'echo secret | passwd --stdin eve']\n", ["2 passwd --stdin"]),
        ("runcmd:\n- usermod -p '$6$a$b' eve\n", ["2 --password of useradd or usermod"]),
        # a password in front of an innocent one
        ("users:\n- {name: a, passwd: '*'}\n- {name: b, passwd: secret}\n", ["3 passwd"]),
        # nothing of it sets a password
        ("#cloud-config\n#password: secret\n", []),
        ("password:\nchpasswd: {expire: true}\n", []),
        ("password: RANDOM\n", []),
        ("users:\n- name: eve\n  lock_passwd: true\n  passwd: '!'\n", []),
        ("users:\n- name: eve\n  passwd: \"*\"\n", []),
        ("write_files:\n- content: |\n    password: of-a-program\n", []),
        ("users:\n- default\npackages:\n- passwd: x\n", []),
        ("ssh_pwauth: false\nmysql:\n  password: other\n", []),
        ("runcmd:\n- passwd -l eve\n- useradd -m -s /bin/sh eve\n", []),
    ],
)
def test_passwords_are_told_from_what_looks_alike(text, secrets, awk):
    assert found(text, awk) == secrets
