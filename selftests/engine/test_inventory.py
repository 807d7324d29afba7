"""From --hosts and inventory files to host descriptions: what is selected, how it is reached, what is refused."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostproof.errors import HostproofError, UsageError
from hostproof.inventory import HostDescription, ansible, documents, groups, hosts_from, selection, vars_files

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # machines may be busy
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def inventory(tmp_path):
    """Writes inventories/hosts.yml (or another name), and says what a call selects."""

    class Folder:
        path = tmp_path

        def write(self, text: str, name: str = "inventories/hosts.yml") -> Path:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            return file

        def select(self, specs: str | None = "hosts", **options) -> list[HostDescription]:
            return hosts_from(specs, folder=tmp_path, **options).hosts

        def names(self, specs: str | None = "hosts", **options) -> list[str]:
            return [host.name for host in self.select(specs, **options)]

        def notes(self, specs: str | None = "hosts", **options) -> list[str]:
            return hosts_from(specs, folder=tmp_path, **options).notes

        def refusal(self, specs: str | None = "hosts", **options) -> str:
            """The one line of the UsageError."""
            with pytest.raises(UsageError) as refused:
                hosts_from(specs, folder=tmp_path, **options)
            line = str(refused.value)
            assert "\n" not in line
            assert line.isascii()
            assert line.isprintable()
            assert len(line) < 500
            return line

    return Folder()


def ssh(name: str, **more) -> HostDescription:
    return HostDescription(name, "ssh", **{"address": name, **more})


@contextmanager
def without_ansible() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("PATH", "/nonexistent")
        monkeypatch.setattr(sys, "executable", "/nonexistent/python")
        yield


# -- words of --hosts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (None, HostDescription("localhost", "local")),
        ("local://", HostDescription("localhost", "local")),
        ("local://here", HostDescription("here", "local")),
        ("local://?sudo=true", HostDescription("localhost", "local", sudo=True)),
        ("web1", ssh("web1")),
        ("web1.example.com", ssh("web1.example.com")),
        ("audit@web1", ssh("web1", user="audit")),
        ("audit@web1:2222", ssh("web1", user="audit", port=2222)),
        ("ssh://web1", ssh("web1")),
        ("ssh://web1/", ssh("web1")),
        ("paramiko://web1", ssh("web1")),
        ("safe-ssh://web1", ssh("web1")),
        ("ssh://DOMAIN%5Cme@web1", ssh("web1", user="DOMAIN\\me")),
        ("ssh://me@corp.example@web1", ssh("web1", user="me@corp.example")),
        ("ssh://192.0.2.1:22", ssh("192.0.2.1", port=22)),
        ("ssh://[2001:db8::1]:2222", ssh("2001:db8::1", port=2222)),
        ("ssh://[2001:db8::1]", ssh("2001:db8::1")),
        ("root@[2001:db8::1]:2222", ssh("2001:db8::1", port=2222, user="root")),
        ("2001:db8::1", ssh("2001:db8::1")),
        ("ssh://fe80::1%eth0", ssh("fe80::1%eth0")),
        ("ssh://[fe80::1%25eth0]:22", ssh("fe80::1%eth0", port=22)),
        ("ssh://web1?sudo=true&sudo_user=auditor", ssh("web1", sudo=True, sudo_user="auditor")),
        ("ssh://web1?sudo=True", ssh("web1", sudo=True)),
        ("ssh://web1?sudo_user=auditor", ssh("web1")),
    ],
)
def test_a_word(inventory, spec, expected):
    assert inventory.select(spec) == [expected]


def test_words_keep_their_order_and_options_are_the_words_own_first(inventory):
    key, config = inventory.write("key", "key"), inventory.write("", "config")

    hosts = inventory.select(
        f"web1,local://,web2?,ssh://web3?ssh_identity_file={key}&ssh_config={config}&sudo=false".replace("?,", ","),
        sudo=True,
        sudo_user="root2",
        ssh_config=str(inventory.write("", "other")),
    )

    other = str(inventory.path / "other")
    assert hosts == [
        ssh("web1", sudo=True, sudo_user="root2", ssh_config=other),
        HostDescription("localhost", "local", sudo=True, sudo_user="root2"),
        ssh("web2", sudo=True, sudo_user="root2", ssh_config=other),
        ssh("web3", identity_file=str(key), ssh_config=str(config)),
    ]


def test_a_tilde_and_a_relative_path_become_absolute(inventory, monkeypatch):
    inventory.write("", "key")
    monkeypatch.setenv("HOME", str(inventory.path))
    monkeypatch.chdir(inventory.path)

    assert inventory.select("a", ssh_identity_file="~/key") == inventory.select("a", ssh_identity_file="key")
    assert inventory.select("a", ssh_identity_file="key")[0].identity_file == str(inventory.path / "key")


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("", "empty"),
        (" ", "empty"),
        ("web1,", "empty entry"),
        ("docker://box", "local://, ssh://"),
        ("winrm://box", "local://, ssh://"),
        ("://box", "local://, ssh://"),
        ("ssh://", "cannot name a host"),
        ("ssh://web1/etc", "cannot name a host"),
        ("ssh://web1?timeout=3", "known are sudo, sudo_user"),
        ("ssh://web1?sudo=maybe", "neither true nor false"),
        ("ssh://web1?sudo_user=", "no value"),
        ("ssh://web1?sudo_user=a;b", "cannot be a user"),
        ("ssh://web1?ssh_config=/nonexistent", "not a file"),
        ("ssh://web1?ansible_inventory=x", "belongs to ansible://"),
        ("web1?sudo=true", "cannot name a host"),
        ("ssh://web1:0", "1 to 65535"),
        ("ssh://web1:65536", "1 to 65535"),
        ("ssh://web1:", "1 to 65535"),
        ("ssh://[::1]:x", "1 to 65535"),
        ("ssh://[::1", "cannot name a host"),
        ("ssh://[::1]22", "cannot name a host"),
        ("ssh://@web1", "cannot be a user"),
        ("ssh://-oProxyCommand=id@web1", "cannot be a user"),
        ("ssh://-web1", "cannot name a host"),
        ("-web1", "cannot name a host"),
        ("ssh://web1%0aX", "cannot name a host"),
        ("ssh://w\u00e9b", "cannot name a host"),
        ("<script>alert(1)</script>", "no such inventory file"),
        ("<img>", "cannot name a host"),
        ("web1;reboot", "cannot name a host"),
        ("$(reboot)", "cannot name a host"),
        ("`reboot`", "cannot name a host"),
        ("web1|x", "cannot name a host"),
        ("web1\x1b[31m", "cannot name a host"),
        ("web1\x00", "cannot name a host"),
        ("a" * 254, "cannot name a host"),
        ("..", "cannot name a host"),
        ("local://<b>", "cannot name a host"),
        ("inventories/none.yml", "no such inventory file"),
        ("none.ini", "no such inventory file"),
        ("/etc", "no host is in it"),
        ("ansible://web?ansible_inventory=none", "no such inventory"),
    ],
)
def test_words_that_are_refused(inventory, spec, said, monkeypatch):
    if spec == "/etc":
        monkeypatch.chdir(inventory.path)
        (inventory.path / "etc").mkdir()
        spec = "./etc"
    assert said in inventory.refusal(spec)


@pytest.mark.parametrize(
    "spec",
    [
        "ssh://me:hunter2@web1",
        "me:hunter2@web1",
        "ssh://me:hunter2/x@web1",
        "me:hunter2/x@web1",
        "ssh://me:hunter2?x@web1",
        "ssh://me:hunter2,x@web1",
        "ssh://me%3Ahunter2@web1",
        "docker://me:hunter2@web1",
        "me:hunter2@web1://x",
        "ssh://web1?password=hunter2",
        "ssh://web1?sudo=hunter2",
        "ssh://me:hunter2@web1;reboot",
    ],
)
def test_a_password_in_a_word_is_refused_and_never_shown(inventory, spec):
    assert "hunter2" not in inventory.refusal(spec)


@pytest.mark.parametrize(
    "options",
    [
        {"sudo_user": "a b"},
        {"ssh_config": "/none"},
        {"ssh_identity_file": "/none"},
        {"limit": ""},
        {"ssh_config": ""},
        {"ssh_identity_file": ""},
        {"sudo_user": ""},
        {"limit": "nobody"},
    ],
)
def test_options_that_are_refused(inventory, options):
    (name,) = options
    assert f"--{name.replace('_', '-')}" in inventory.refusal("web1", **options)


@unhurried
@given(st.text(max_size=60))
def test_no_word_ends_in_anything_but_hosts_or_one_line(tmp_path_factory, spec):
    folder = tmp_path_factory.getbasetemp()
    try:
        with without_ansible():
            hosts = hosts_from(spec, folder=folder).hosts
    except UsageError as refused:
        assert str(refused).isprintable()  # noqa: PT017 - most texts are refused
    else:
        assert all(host.name.isascii() for host in hosts)


# -- finding inventories -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".yml", ".yaml", ".ini", ".json", ""])
def test_an_inventory_by_its_name(inventory, suffix):
    inventory.write(
        {".ini": "h\n", "": "h\n"}.get(suffix, '{"all": {"hosts": {"h": {}}}}'), f"inventories/fleet{suffix}"
    )

    assert inventory.names("fleet") == ["h"]
    assert inventory.names(f"inventories/fleet{suffix}") == ["h"]
    assert inventory.names(str(inventory.path / f"inventories/fleet{suffix}")) == ["h"]


def test_a_host_may_be_called_as_a_file_of_the_working_directory(inventory, monkeypatch):
    inventory.write("#!/bin/sh\ntouch ran", "audit").chmod(0o755)
    (inventory.path / "web1").mkdir()
    monkeypatch.chdir(inventory.path)

    assert inventory.names("audit,web1") == ["audit", "web1"]
    assert not (inventory.path / "ran").exists()


def test_a_path_has_a_slash_or_a_suffix(inventory, monkeypatch):
    inventory.write("h\n", "hosts")
    inventory.write("i\n", "more.ini")
    monkeypatch.chdir(inventory.path)

    assert inventory.names("./hosts,more.ini") == ["h", "i"]
    assert inventory.names(None, ansible_inventory="hosts") == ["h"]


@pytest.mark.parametrize("word", [".", "..", ""])
def test_the_folder_of_inventories_is_no_inventory_by_accident(inventory, word):
    inventory.write("all: {hosts: h}")

    assert inventory.refusal(word)


def test_an_empty_path_of_an_inventory(inventory):
    inventory.write("all: {hosts: h}")

    assert "no such inventory" in inventory.refusal(None, ansible_inventory="")


def test_warnings_do_not_flood(inventory):
    inventory.write(json.dumps({f"g{n}": {"hosts": {"h": {"ansible_password": "x"}}, "odd": {}} for n in range(100)}))

    notes = inventory.notes()

    assert len(notes) == selection.MOST_NOTES + 1
    assert "passwords" in notes[0]
    assert notes[-1].startswith("81 more")


def test_a_name_that_fits_two_files_is_asked_about(inventory):
    inventory.write("all: {hosts: a}")
    inventory.write("b", "inventories/hosts.ini")

    assert "inventories/hosts.yml or inventories/hosts.ini" in inventory.refusal("hosts")
    assert inventory.names("inventories/hosts.ini") == ["b"]
    assert inventory.names("hosts.ini") == ["b"]


def test_ansible_urls_take_the_given_inventory(inventory):
    path = inventory.write("web: {hosts: {web1: , web2: }}\ndb: {hosts: {db1: }}")

    assert inventory.names("ansible://web", ansible_inventory=str(path)) == ["web1", "web2"]
    assert inventory.names("ansible://web", ansible_inventory="hosts") == ["web1", "web2"]
    assert inventory.names("ansible://", ansible_inventory="hosts") == ["web1", "web2", "db1"]
    assert inventory.names("ansible://web:!web1", ansible_inventory="hosts") == ["web2"]
    assert inventory.names("ansible://web[0]", ansible_inventory="hosts") == ["web1"]
    assert inventory.names("ansible://db?", ansible_inventory="hosts") == ["db1"]
    assert inventory.names(f"ansible://db?ansible_inventory={path}") == ["db1"]
    assert inventory.names(None, ansible_inventory="hosts") == ["web1", "web2", "db1"]
    assert "'nobody'" in inventory.refusal("ansible://nobody", ansible_inventory="hosts")
    assert inventory.notes("ansible://web1:nobody", ansible_inventory=str(path)) == [
        f"{path}: no host or group matches 'nobody'"
    ]
    assert inventory.select("ansible://db1?sudo=true", ansible_inventory="hosts")[0].sudo


# -- how a host of an inventory is reached -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, {}),
        ({"ansible_host": "192.0.2.7"}, {"address": "192.0.2.7"}),
        ({"ansible_host": "2001:db8::7"}, {"address": "2001:db8::7"}),
        ({"ansible_host": "[2001:db8::7]"}, {"address": "2001:db8::7"}),
        ({"ansible_host": "fe80::7%eth0"}, {"address": "fe80::7%eth0"}),
        ({"ansible_host": "a", "ansible_ssh_host": "b"}, {"address": "b"}),
        ({"ansible_host": ""}, {}),
        ({"ansible_port": 2222}, {"port": 2222}),
        ({"ansible_port": "2222"}, {"port": 2222}),
        ({"ansible_ssh_port": 2222, "ansible_port": 1}, {"port": 2222}),
        ({"ansible_user": "audit"}, {"user": "audit"}),
        ({"ansible_user": 1000}, {"user": "1000"}),
        ({"ansible_ssh_user": "audit", "ansible_user": "x"}, {"user": "audit"}),
        ({"ansible_connection": "smart"}, {}),
        ({"ansible_connection": "paramiko"}, {}),
        ({"ansible_connection": "ansible.builtin.ssh"}, {}),
        ({"ansible_connection": "local", "ansible_host": "x"}, {"connection": "local", "address": ""}),
        ({"ansible_become": True}, {"sudo": True}),
        ({"ansible_become": "yes"}, {"sudo": True}),
        ({"ansible_become": "no"}, {}),
        ({"ansible_become": 1}, {"sudo": True}),
        ({"ansible_become": True, "ansible_become_user": "auditor"}, {"sudo": True, "sudo_user": "auditor"}),
        ({"ansible_become": True, "ansible_become_method": "ansible.builtin.sudo"}, {"sudo": True}),
        ({"ansible_become_method": "su"}, {}),
        ({"ansible_ssh_private_key_file": "/keys/k"}, {"identity_file": "/keys/k"}),
        ({"ansible_private_key_file": "/keys/k"}, {"identity_file": "/keys/k"}),
    ],
)
def test_variables_that_say_how(inventory, variables, expected):
    inventory.write(json.dumps({"all": {"hosts": {"h": variables}}}))

    (host,) = inventory.select()

    assert host == HostDescription(
        **{"name": "h", "connection": "ssh", "address": "h", "variables": variables, **expected}
    )


def test_the_command_line_fills_in_what_the_inventory_does_not_say(inventory):
    config, key = str(inventory.write("", "config")), str(inventory.write("", "key"))
    inventory.write(
        "all: {hosts: {a: , b: {ansible_become: false, ansible_become_user: x, hostproof_known_hosts: own}}}"
    )
    own = str(inventory.write("", "inventories/own"))

    a, b = inventory.select(sudo=True, sudo_user="y", ssh_config=config, ssh_identity_file=key)

    assert (a.sudo, a.sudo_user, a.ssh_config, a.identity_file) == (True, "y", config, key)
    assert (b.sudo, b.sudo_user, b.ssh_config, b.identity_file) == (False, None, config, key)
    assert (a.known_hosts, b.known_hosts) == (None, own)


def test_an_inventory_cannot_name_an_ssh_configuration(inventory):
    inventory.write("all: {hosts: {a: {hostproof_ssh_config: own}}}")
    inventory.write("Host *\n  ProxyCommand touch /tmp/owned\n", "inventories/own")

    (a,) = inventory.select()

    assert a.ssh_config is None


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"ansible_connection": "winrm"}, "'winrm' is not supported"),
        ({"ansible_connection": "community.docker.docker"}, "--limit 'all:!h'"),
        ({"ansible_become": True, "ansible_become_method": "su"}, "'su' is not supported, only sudo"),
        ({"ansible_become": "perhaps"}, "ansible_become is neither"),
        ({"ansible_become": True, "ansible_become_user": "a b"}, "ansible_become_user"),
        ({"ansible_host": "a b"}, "ansible_host: 'a b'"),
        ({"ansible_host": "-oProxyCommand=id"}, "ansible_host"),
        ({"ansible_host": "$(id)"}, "ansible_host"),
        ({"ansible_host": ["a"]}, "ansible_host is not text"),
        ({"ansible_host": "[web1]"}, "ansible_host"),
        ({"ansible_host": "{{ inventory_hostname }}.example"}, "ansible_host is a template"),
        ({"ansible_user": "{% if x %}a{% endif %}"}, "ansible_user is a template"),
        ({"ansible_become": "{{ b }}"}, "ansible_become is a template"),
        ({"hostproof_profile": "{{ p }}"}, "hostproof_profile is a template"),
        ({"hostproof_ports": [{"a": ["{{ p }}"]}]}, "hostproof_ports is a template"),
        ({"ansible_user": "-l root"}, "ansible_user"),
        ({"ansible_user": True}, "ansible_user is not text"),
        ({"ansible_port": 0}, "ansible_port"),
        ({"ansible_port": "ssh"}, "ansible_port"),
        ({"ansible_port": True}, "ansible_port"),
        ({"hostproof_known_hosts": "none"}, "hostproof_known_hosts: 'none' is not a file"),
        ({"ansible_ssh_private_key_file": "a\nb"}, "key file"),
        ({"ansible_user": {"__ansible_vault": "$ANSIBLE_VAULT;1.1"}}, "ansible_user is encrypted"),
        ({"hostproof_x": [{"__ansible_vault": "$ANSIBLE_VAULT;1.1"}]}, "hostproof_x is encrypted"),
        (
            {"ansible_port": int("9" * 400)},
            "hosts of group all: the variable 'ansible_port' holds a number of more than",
        ),
    ],
)
def test_variables_that_are_refused(inventory, variables, said):
    inventory.write(json.dumps({"all": {"hosts": {"ok": {}, "h": variables}}}))

    line = inventory.refusal()

    assert said in line
    assert "hosts.yml" in line
    assert "host" in line
    if "holds a number" not in said:
        assert inventory.names(limit="ok") == ["ok"]


def test_templates_elsewhere_are_text(inventory):
    inventory.write("all: {hosts: {h: {motd: '{{ x }}', ansible_python_interpreter: '{{ y }}'}}}")

    assert inventory.select()[0].variables["motd"] == "{{ x }}"


def test_groups_and_profiles_reach_the_description(inventory):
    inventory.write(
        "all: {vars: {hostproof_profile: alliance}}\n"
        "site: {children: {web: {hosts: {web1: }, vars: {hostproof_profile: ibm-hpvs}}}}\nlone: {hosts: {x: }}\nmine:\n"
        "ungrouped: {hosts: {y: }}"
    )

    web1, x, y = sorted(inventory.select(), key=lambda host: host.name)

    assert (web1.groups, web1.variables["hostproof_profile"]) == (("site", "web"), "ibm-hpvs")
    assert (x.groups, x.variables["hostproof_profile"]) == (("lone",), "alliance")
    assert y.groups == ()


# -- what is not used, and secrets ---------------------------------------------------------------------------------

SECRETS = """
all:
  vars:
    ansible_password: hunter2
    ansible_ssh_pass: hunter2
    ansible_become_pass: hunter2
    ansible_become_password: hunter2
    ansible_ssh_common_args: -o ProxyCommand="sshpass -p hunter2 nc"
    ansible_ssh_executable: /tmp/hunter2
    db_password: hunter2
    DB_PASSWD: hunter2
    dbpwd: hunter2
    secretThing: hunter2
    api_token: hunter2
    tls.key: hunter2
    ssh_host_keys: [hunter2]
    aws_credentials: {id: hunter2}
    proxy: http://me:hunter2@proxy:3128/
    pem: "-----BEGIN OPENSSH PRIVATE KEY-----\\nhunter2"
    binary: !!binary aHVudGVyMg==
    nested: {user: me, password: hunter2, more: [{token: hunter2, name: kept}, "ftp://a:hunter2@b"]}
    keyboard: us
    monkey: see
    hostproof_api_key_owner: kept
  hosts:
    web1:
    web2: {ansible_password: hunter2}
"""


def test_secrets_are_gone(inventory):
    inventory.write(SECRETS)

    chosen = hosts_from("hosts", folder=inventory.path)

    for text in (repr(chosen), json.dumps([host.as_json() for host in chosen.hosts])):
        assert "hunter2" not in text
        assert "aHVudGVyMg" not in text
    assert chosen.hosts[0].variables == {
        "nested": {"user": "me", "more": [{"name": "kept"}]},
        "keyboard": "us",
        "monkey": "see",
        "hostproof_api_key_owner": "kept",
    }


def test_what_is_not_used_is_told_once(inventory):
    inventory.write(SECRETS)

    passwords, commanding = inventory.notes()

    assert "ansible_ssh_common_args" in commanding
    assert "--ssh-config" in commanding
    assert "(web1, web2)" in commanding
    assert "a key or an agent" in passwords
    assert "sudo" in passwords
    assert inventory.notes(limit="web1")[0].endswith("(web1)")


def test_a_note_about_many_hosts_names_a_few(inventory):
    inventory.write("all: {hosts: {'h[1:9]': {ansible_sftp_executable: x}}}")

    (note,) = inventory.notes()

    assert note.endswith("(h1, h2, h3 and 6 more)")


def test_a_secret_does_not_surface_in_what_is_refused(inventory):
    inventory.write("all: {hosts: {h: {ansible_port: hunter2, x: [hunter2}}")
    assert "hunter2" not in inventory.refusal()
    inventory.write("all: {hosts: {h: {ansible_port: hunter2}}}")
    assert "hunter2" not in inventory.refusal()


# -- several sources, limit ----------------------------------------------------------------------------------------


def test_limit_applies_to_everything(inventory):
    inventory.write("web: {hosts: {web1: , web2: }}")
    inventory.write("db1 ansible_connection=winrm\n[web]\nweb3\n", "inventories/more.ini")

    assert inventory.names("local://,hosts,more,extra", limit="web") == ["web1", "web2", "web3"]
    assert inventory.names("local://,hosts,more,extra", limit="all:!db1:!web") == ["localhost", "extra"]
    assert inventory.names("local://,hosts,more", limit="ungrouped:!db1") == ["localhost"]
    assert inventory.names("local://,hosts,more", limit="web[-1],localhost") == ["localhost", "web3"]
    assert inventory.notes("hosts,more", limit="web1:nobody") == ["--limit: no host or group matches 'nobody'"]
    assert "'nobody'" in inventory.refusal("hosts", limit="nobody")
    assert "'web:!web'" in inventory.refusal("hosts", limit="web:!web")
    assert "--limit" in inventory.refusal("ansible://web1?ansible_inventory=hosts", limit="web2")


def test_limit_from_a_file(inventory):
    inventory.write("all: {hosts: {'h[1:5]': }}")
    retry = inventory.write("h2\nh4\n", "retry")

    assert inventory.names(limit=f"@{retry}") == ["h2", "h4"]
    assert "none" in inventory.refusal(limit="@none")


def test_the_same_host_twice_is_one_and_different_ones_are_refused(inventory):
    inventory.write("all: {hosts: {a: , b: {ansible_port: 1}}}")

    assert inventory.names("hosts,inventories/hosts.yml,hosts") == ["a", "b"]
    assert inventory.names("c,ssh://c,paramiko://c") == ["c"]
    assert inventory.names("hosts,ssh://b:2", limit="a") == ["a"]
    assert "c twice" in inventory.refusal("ssh://c,ssh://x@c")


def test_ports_of_one_address_are_hosts_of_their_own(inventory):
    hosts = inventory.select("ssh://127.0.0.1:2201,ssh://127.0.0.1:2202,ssh://127.0.0.1:2201")

    assert [(host.name, host.port) for host in hosts] == [("127.0.0.1", 2201), ("127.0.0.1-2202", 2202)]


# -- files that are wrong ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no host is in it"),
        ("# nothing", "no host is in it"),
        ("all: {}", "no host is in it"),
        ("all: [unclosed\n", "hosts.yml:1: not valid YAML"),
        ("all:\n  hosts:\n\tx:\n", "hosts.yml:3: not valid YAML"),
        ("all: {hosts: {a: *none}}", "hosts.yml:1: not valid YAML"),
        ("a: 1\n--- \nb: 2", "hosts.yml:2: not valid YAML"),
        ("all: {hosts: {a: !!python/object/apply:os.system [id]}}", "hosts.yml:1: not valid YAML"),
        ("all: {hosts: {a: !custom x}}", "hosts.yml:1: not valid YAML"),
        ("all: {hosts: {a: {x: !!int z}}}", "hosts.yml: not valid YAML"),
        ("all: {hosts: {a: {x: 2020-13-45}}}", "hosts.yml: not valid YAML"),
        ("all: {hosts: {[a]: }}", "hosts.yml:1: not valid YAML"),
        ("[web1]", "begins with groups"),
        ("web1", "begins with groups"),
        ("all: [web1]", "group all: expected"),
        ("web1: yes", "group web1: expected"),
        ("all: {hosts: [web1]}", "hosts of group all: expected"),
        ("all: {hosts: {web1: x}}", "'web1': expected"),
        ("all: {vars: [1]}", "vars of group all: expected"),
        ("all: {children: [web]}", "children of group all: expected"),
        ("all: {hosts: {10: }}", "10 is not text"),
        ("all: {hosts: {yes: }}", "True is not text"),
        ("1: {hosts: {a: }}", "1 is not text"),
        ("all: {hosts: {'w[1:2': }}", "without its closing bracket"),
        ("all: {hosts: {'w[5:2]': }}", "ends before it begins"),
        ("a: {children: {b: {children: {a: }}}}", "in a loop: a, b"),
        ("a: {children: {a: }}", "in a loop"),
        ("a: {children: {all: }}", "in a loop"),
        ("all: {vars: {ansible_group_priority: high}, hosts: {a: }}", "ansible_group_priority"),
        ("all: {hosts: {a: {x: " + "[" * 80 + "]" * 80 + "}}}", "nested deeper"),
        ("&x all: {hosts: {a: &y {self: *y}}}", "inside what it stands for"),
        ("all: {hosts: {'h[0:999999999]': }}", "more than 100,000 hosts"),
        ("web: {hosts: {a: }, host: {b: }}", None),
    ],
)
def test_yaml_that_is_wrong(inventory, text, said):
    path = inventory.write(text)

    if said is None:
        assert inventory.notes() == [f"{path}: group web: 'host' is none of hosts, vars and children"]
        return
    assert said in (line := inventory.refusal())
    assert "inventories/hosts.yml" in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no host is in it"),
        ("[web", "hosts.ini:1: '[web'"),
        ("a\n[web web]\n", "hosts.ini:2"),
        ("[web:host]\na", "hosts.ini:1: a section is [group], [group:vars] or [group:children]"),
        ("[]\na", "hosts.ini:1"),
        ("\n\na b\n", "hosts.ini:3: after a host come name=value pairs"),
        ('a x="1', "hosts.ini:1: cannot be split into words"),
        ("a\n[web:vars]\nx=1\n", "hosts.ini:2: [web:vars] is about a group that no section declares"),
        ("a\n[web:children]\ndb\n", "hosts.ini:3: no section declares the group 'db'"),
        ("[web]\na\n[web:vars]\nx\n", "hosts.ini:4: expected name=value"),
        ("[web:children]\na b\n", "hosts.ini:2: 'a b' is not a group name"),
        ("[a:children]\nb\n[b:children]\na\n", "in a loop: a, b"),
        ("a:99999\n", "port"),
        ("a:\n", "hosts.ini:1: 'a:' cannot name a host"),
        ("---\n", "hosts.ini:1: '---' cannot name a host"),
        ("w[1:x]\n", "hosts.ini:1"),
        ("a x=" + "y" * 70_000, "hosts.ini:1: longer than 65,536"),
    ],
)
def test_ini_that_is_wrong(inventory, text, said):
    inventory.write(text, "inventories/hosts.ini")

    assert said in inventory.refusal()


HOSTILE = [
    "-oProxyCommand=id",
    "web1;reboot",
    "$(reboot)",
    "`reboot`",
    "<script>alert(1)</script>",
    "a&b",
    "a'b",
    'a"b',
    "../../etc/passwd",
    "a/b",
    "a\\b",
    "a b",
    "a\tb",
    "a\nERROR forged",
    "a\x1b[2J",
    "a\u202eb",
    "w\u00e9b",
    "a\x00b",
    "a@b",
    "a%41",
    "1::2::3",
    "::1%" + "z" * 40,
    "fe80::1%a;b",
    "192.0.2.1%eth0",
    "..",
    ".",
    "x" * 254,
    "x" * 1_000_000,
    "\ud800",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("layout", ["host", "group", "child", "listing", "listing-group", "listing-child"])
def test_hostile_names(inventory, name, layout):
    data = {
        "host": {"all": {"hosts": {name: {}}}},
        "group": {name: {"hosts": {"h": {}}}},
        "child": {"all": {"hosts": {"h": {}}, "children": {name: {}}}},
        "listing": {"web": {"hosts": [name]}, "_meta": {}},
        "listing-group": {name: {"hosts": ["h"]}, "_meta": {}},
        "listing-child": {"web": {"hosts": ["h"], "children": [name]}, "_meta": {}},
    }[layout]
    path = inventory.write(json.dumps(data))

    line = inventory.refusal()

    assert line.startswith(f"{path}: ")
    assert len(line) < len(str(path)) + 250


@pytest.mark.parametrize("name", ["a;b", "<b>", "w\u00e9b", "-a", "$(x)"])
def test_hostile_names_in_ini(inventory, name):
    inventory.write(f"ok\n{name}\n", "inventories/hosts.ini")
    assert "hosts.ini:2" in inventory.refusal()
    inventory.write(f"ok\n[{name}]\n", "inventories/hosts.ini")
    assert "hosts.ini:2" in inventory.refusal()


@unhurried
@given(st.binary(max_size=200))
def test_no_bytes_of_a_file_end_in_anything_but_hosts_or_one_line(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("noise")
    for name in ("noise.yml", "noise.ini", "noise"):
        (folder / name).write_bytes(content)
        try:
            with without_ansible():
                hosts_from(f"{folder}/{name}", folder=folder)
        except UsageError as refused:
            assert str(refused).isprintable()  # noqa: PT017 - nearly all of it is refused


KEYS = ["all", "hosts", "children", "vars", "_meta", "hostvars", "h", "web", "ansible_host", "plugin"]
SCALARS = st.one_of(st.text(max_size=8), st.integers(), st.none(), st.booleans())


def containers(inner):
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=3))


@unhurried
@given(st.recursive(SCALARS, containers, max_leaves=12))
def test_no_structure_ends_in_anything_but_hosts_or_one_line(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("structure") / "x.json"
    file.write_text(json.dumps(data))
    try:
        with without_ansible():
            hosts_from(str(file), folder=file.parent)
    except UsageError as refused:
        assert str(refused).isprintable()  # noqa: PT017 - nearly all of it is refused


def test_files_that_cannot_be_read(inventory):
    folder = inventory.path / "inventories"
    inventory.write("all: {hosts: {h: }}")
    (folder / "binary.yml").write_bytes(b"all:\n  \xff\xfe")
    (folder / "big.yml").write_bytes(b"#" * (documents.LARGEST_FILE + 1))
    (folder / "gone.yml").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.yml")

    assert "binary.yml:2: not UTF-8" in inventory.refusal("inventories/binary.yml")
    assert "big.yml: larger than 16 MiB" in inventory.refusal("inventories/big.yml")
    assert "pipe.yml: not a regular file" in inventory.refusal("inventories/pipe.yml")
    assert "gone.yml: no such inventory" in inventory.refusal("inventories/gone.yml")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give up a right for a moment")
def test_files_without_permission(inventory):
    inventory.write("all: {hosts: {h: }}").chmod(0)
    for folder in (inventory.path, *inventory.path.parents[:-2]):
        folder.chmod(0o755)
    os.seteuid(65534)
    try:
        line = inventory.refusal("inventories/hosts.yml")
    finally:
        os.seteuid(0)

    assert "hosts.yml: cannot be read: Permission denied" in line


def test_variable_files_that_are_wrong(inventory):
    inventory.write("web: {hosts: {h: }}")

    file = inventory.write("- a\n- b\n", "inventories/group_vars/web.yml")
    assert "group_vars/web.yml: expected" in inventory.refusal()
    file.write_text("a: [")
    assert "group_vars/web.yml:1: not valid YAML" in inventory.refusal()
    file.write_text("hostproof_profile: '{{ x }}'")
    assert "host h: hostproof_profile is a template" in inventory.refusal()
    file.unlink()
    file.mkdir()
    (file / "loop").symlink_to(file)
    (file / "up").symlink_to("..")
    (file / "x.yml").write_text("a: 1")
    assert inventory.select()[0].variables == {"a": 1}


# -- size ------------------------------------------------------------------------------------------------------------


def bomb(levels: int, merge: str) -> str:
    lines = ["all:", "  vars:", "    l0: &l0 {x: y}"]
    lines += [f"    l{n}: &l{n} {merge.replace('A', ', '.join([f'*l{n - 1}'] * 9))}" for n in range(1, levels)]
    return "\n".join([*lines, "  hosts: {h: }"])


@pytest.mark.parametrize("merge", ["[A]", "{<<: [A]}"])
def test_aliases_of_aliases_do_not_blow_up(inventory, merge):
    inventory.write(bomb(40, merge))

    begun = time.process_time()
    assert "more than 1,000,000 values" in inventory.refusal()
    assert time.process_time() - begun < 5


def test_the_sum_of_variable_files_is_bounded(inventory, monkeypatch):
    monkeypatch.setattr(vars_files, "LARGEST_SUM", 1_000)
    inventory.write("all: {hosts: {a: , b: }}")
    for host in "ab":
        inventory.write(f"x: {'y' * 600}", f"inventories/host_vars/{host}.yml")

    assert "the variable files come to more than" in inventory.refusal()


@pytest.mark.parametrize("value", ["://" + ":" * 500_000, "://a" * 200_000, "{" * 500_000, "-" * 500_000])
def test_no_text_takes_long(inventory, value):
    inventory.write(
        json.dumps({"all": {"hosts": {"h": {"x": value, value: 1, "hostproof_y": value.replace("{", "")}}}})
    )

    begun = time.process_time()
    assert inventory.names() == ["h"]
    assert time.process_time() - begun < 5


def test_groups_by_alias_do_not_blow_up(inventory):
    levels = ["x0: &x0 {hosts: {h: }}"]
    levels += [
        f"x{n}: &x{n} {{children: {{" + ", ".join(f"c{i}: *x{n - 1}" for i in range(9)) + "}}" for n in range(1, 9)
    ]
    inventory.write("\n".join(levels))

    assert "more than 1,000,000 values" in inventory.refusal()


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000, "{a: " * 200_000, '{"a":' * 100_000])
def test_deep_nesting_does_not_crash(inventory, text):
    inventory.write(text)

    assert "nested deeper than 64 levels" in inventory.refusal()


def test_many_variables_of_many_hosts_are_bounded(inventory, monkeypatch):
    monkeypatch.setattr(groups, "MOST_SETTINGS", 5_000)
    monkeypatch.setattr(selection, "LARGEST_VARIABLES", 1_000_000)

    variables = {f"v{n}": n for n in range(100)}
    inventory.write(json.dumps({"all": {"hosts": {"h[1:100]": variables}}}))
    assert "more than 5,000 groups and variables" in inventory.refusal()
    each_in_a_group_of_its_own = {f"g{n}": {"hosts": {f"h{n}": {}}} for n in range(100)}
    inventory.write(json.dumps({"all": {"vars": variables}, **each_in_a_group_of_its_own}))
    assert "more than 5,000 groups and variables" in inventory.refusal()
    inventory.write(json.dumps({"all": {"hosts": {"h[1:100]": {}}, "vars": {"big": "x" * 20_000}}}))
    assert "the variables of the selected hosts" in inventory.refusal()


def test_thousands_of_hosts_load_in_moments(inventory):
    hosts = "".join(
        f"        web{n}.example.com: {{ansible_host: 10.0.{n // 250}.{n % 250}, ansible_port: 22, x: {n}, y: a}}\n"
        for n in range(5_000)
    )
    inventory.write("all:\n  vars: {ansible_user: audit}\n  children:\n    web:\n      hosts:\n" + hosts)
    inventory.write(
        "[web]\n"
        + "".join(f"db{n} ansible_host=10.1.{n // 250}.{n % 250} ansible_port=22 x='{n}'\n" for n in range(5_000)),
        "inventories/more.ini",
    )

    begun = time.process_time()
    chosen = inventory.select("hosts,more", limit="web:!web1.*")

    assert len(chosen) == 9_999
    assert time.process_time() - begun < 20  # some 2 s on an idle machine


# -- descriptions ----------------------------------------------------------------------------------------------------


def test_a_description_travels(inventory):
    inventory.write("web: {hosts: {h: {ansible_become: true, x: [1, {y: null}]}}}")

    (host,) = inventory.select()

    assert HostDescription.from_json(json.loads(json.dumps(host.as_json()))) == host
    assert len({host, host}) == 1


# -- when Ansible is needed and not there, or misbehaves -------------------------------------------------------------


@pytest.fixture
def ansible_is(inventory, monkeypatch):
    """Puts a program (or none) where ansible-inventory is looked for."""

    def put(script: str | None) -> None:
        folder = inventory.path / "bin"
        folder.mkdir(exist_ok=True)
        if script is not None:
            (folder / "ansible-inventory").write_text(script)
            (folder / "ansible-inventory").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin" if script else str(folder))
        monkeypatch.setattr(sys, "executable", str(folder / "python"))

    return put


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hosts.yml", "plugin: amazon.aws.aws_ec2\n"),
        ("hosts.yml", "$ANSIBLE_VAULT;1.1;AES256\n3636\n"),
        ("hosts.toml", "[web]\n"),
        ("group_vars/all.yml", "$ANSIBLE_VAULT;1.1;AES256\n3636\n"),
        ("script", "#!/bin/sh\n"),
    ],
)
def test_without_ansible_it_says_what_to_do(inventory, ansible_is, name, text):
    ansible_is(None)
    inventory.write("all: {hosts: {h: }}")
    inventory.write(text, f"inventories/{name}").chmod(0o755)

    line = inventory.refusal("inventories/hosts.yml" if "/" in name else f"inventories/{name}")

    assert "pip install ansible-core" in line
    assert "inventories/" in line


def test_the_default_inventory_without_ansible(inventory, ansible_is):
    ansible_is(None)

    assert "pip install ansible-core" in inventory.refusal("ansible://web")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "ansible-inventory failed: it printed nothing"),
        ("echo first >&2; echo 'ERROR! no \033[31mred' >&2; echo last >&2; exit 1", "failed: ERROR! no \\x1b[31mred"),
        ("echo '[WARNING]: x' >&2; echo hello", "did not print JSON: [WARNING]: x"),
        ("echo '[1]'", "not what ansible-inventory --list prints"),
        ("echo '{}'", "no host is in it"),
        ("exec yes", "more than 100,000 bytes"),
        ("yes >&2 & sleep 60", "did not end within 1 s"),
        ("read answer && echo '{}' || { echo 'ERROR no terminal' >&2; exit 1; }", "ERROR no terminal"),
        ('echo \'{"web": {"hosts": {"a": 1}}}\'', "hosts is not a list"),
        ("echo '{\"web\": 5}'", "expected hosts, children and vars"),
        ('echo \'{"web": ["a", 5]}\'', "5 is not a name"),
        ('echo \'{"web": ["a"], "_meta": {"hostvars": {"a": 5}}}\'', "the variables of 'a'"),
        ("printf '%100000s' '' | tr ' ' '['", "did not print JSON"),
    ],
)
def test_an_ansible_that_misbehaves(inventory, ansible_is, monkeypatch, script, said):
    ansible_is(f"#!/bin/sh\n{script}\n")
    monkeypatch.setattr(ansible, "PATIENCE", 1)
    monkeypatch.setattr(ansible, "LARGEST_LISTING", 100_000)
    inventory.write("plugin: x\n")

    begun = time.monotonic()
    assert said in inventory.refusal()
    assert time.monotonic() - begun < 20


def test_what_ansible_is_told(inventory, ansible_is):
    told = '{"web": ["a"], "_meta": {"hostvars": {"a": {"argv": "%s", "locale": "%s"}}}}'
    ansible_is(f'#!/bin/sh\nprintf \'{told}\' "$*" "$LC_ALL"\n')
    path = inventory.write("plugin: x\n", "inventories/a file;touch x.yml")

    (host,) = inventory.select(str(path))

    assert host.variables == {"argv": f"--list -i {path}", "locale": "C.UTF-8"}


# -- the examples ----------------------------------------------------------------------------------------------------


def test_the_examples_say_the_same():
    yaml_hosts = {h.name: h for h in hosts_from("inventories/example.yml", folder=REPOSITORY).hosts}
    ini_hosts = {h.name: h for h in hosts_from("inventories/example.ini", folder=REPOSITORY).hosts}

    assert yaml_hosts == ini_hosts
    assert yaml_hosts["guest1"].address == "2001:db8::21"
    assert {h.variables["hostproof_profile"] for h in yaml_hosts.values()} == {"alliance", "ibm-hpvs"}


def test_every_error_is_of_the_tree():
    assert issubclass(UsageError, HostproofError)
