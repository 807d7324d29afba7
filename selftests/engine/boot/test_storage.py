"""What fstab and crypttab ask of a boot, on machines with disks: hosts of the lab have none."""

from __future__ import annotations

import pytest

from hostproof.connection.answer import Answer
from hostproof.probes.boot import read_storage


def storage(*lines: str):
    return read_storage(Answer("", 0, "\n".join(lines) + "\n"))


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("mount missing /dev/vdz1 /data ext4 defaults", ("/dev/vdz1 on /data",)),
        ("mount missing UUID=1d3f /data xfs rw,noatime", ("UUID=1d3f on /data",)),
        ("mount there /dev/vdz1 /data ext4 defaults", ()),
        ("mount missing /dev/vdz1 /data ext4 defaults,nofail", ()),
        ("mount missing /dev/sr0 /media/cdrom0 udf,iso9660 user,noauto", ()),
        ("mount missing /dev/vdz1 /data ext4 x-systemd.automount", ()),
        ("mount missing /dev/vdz2 none swap sw", ()),
        ("mount missing //files.example.org/home /home cifs defaults", ()),
    ],
)
def test_what_a_boot_waits_for(line, missing):
    assert storage(line).missing == missing
    assert storage("container", line).missing == ()


def test_a_label_that_cannot_be_looked_up_is_neither_there_nor_missing():
    assert storage("mount unseen LABEL=my\\040disk /data ext4 defaults").unseen == ("LABEL=my\\040disk on /data",)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("crypt data none luks", ("data",)),
        ("crypt data - luks,discard", ("data",)),
        ("crypt data /root/key luks", ()),
        ("crypt data none luks,noauto", ()),
        ("crypt data none luks,tpm2-device=auto", ()),
        ("crypt swap /dev/urandom swap", ()),
    ],
)
def test_whether_somebody_has_to_type_a_passphrase(line, asked):
    assert storage(line).asked == asked
    assert storage("container", line).asked == ()


def test_a_full_file_system_is_told():
    assert storage("space 0 /var", "space 1 /").full == ("/var",)
