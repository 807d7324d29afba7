"""The same inventories read by Hostproof and by the real `ansible-inventory --list`: the same answer is required."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from hostproof.errors import UsageError
from hostproof.inventory import hosts_from
from hostproof.inventory.sources import load

TOOLS = Path(sys.executable).parent


def ansible_reads(path: Path) -> dict:
    """{"hosts": {name: variables}, "groups": {name: (hosts in order, set of children)}}"""
    argv = [TOOLS / "ansible-inventory", "--list", "-i", path]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1"}
    ran = subprocess.run(argv, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert ran.returncode == 0, ran.stderr
    listing = json.loads(ran.stdout)
    hostvars = listing.pop("_meta")["hostvars"]
    groups = {name: (body.get("hosts", []), set(body.get("children", []))) for name, body in listing.items()}
    names = {host for hosts, _ in groups.values() for host in hosts}
    return {"hosts": {name: hostvars.get(name, {}) for name in names}, "groups": groups}


def we_read(path: Path) -> dict:
    inventory = load(path)
    groups = {
        name: ([] if name == "all" else list(group.hosts), set(group.children))
        for name, group in inventory.groups.items()
    }
    return {
        "hosts": {name: json.loads(json.dumps(inventory.variables_of(name))) for name in inventory.hosts},
        "groups": {name: content for name, content in groups.items() if any(content)},
    }


def assert_same_answer(path: Path) -> None:
    ours, theirs = we_read(path), ansible_reads(path)
    assert ours["groups"] == theirs["groups"]
    assert ours["hosts"] == theirs["hosts"]


def write(folder: Path, files: dict[str, str]) -> Path:
    """The files, and the path of the first."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder / next(iter(files))


STATIC = {
    "yaml that nests": {
        "hosts.yml": """
            all:
              vars: {who: all, port: 1}
              hosts: {lonely: {x: 1}}
              children:
                west:
                  vars: {who: west}
                  children:
                    web:
                      vars: {who: web, list: [1, two, null, true, 2.5]}
                      hosts:
                        web[01:03].example.com: {tier: front}
                        web9.example.com:2222:
                        "2001:db8::1":
                        "[2001:db8::2]:2200": {who: me}
                    db: {hosts: "db-[a:c]"}
                east: {hosts: {web01.example.com: {east: yes}}}
            empty:
            free: {hosts: {"n[1:9:4]-[x:z]": }}
        """
    },
    "yaml's types": {
        "hosts.yml": """
            all:
              hosts:
                a: {i: 1, o: 017, h: 0x1f, s: "017", sex: 12:30:00, f: 1.5, e: 1e3, yes: no, n: ~, d: 2020-01-02,
                    t: 2020-01-02 03:04:05, m: {1: a, null: c, deep: {er: [x]}}, uni: "\\u00fcber", raw: !!str 12}
                b:
                  text: |
                    two
                    lines
                  folded: >-
                    two
                    lines
        """
    },
    "aliases and merge keys": {
        "hosts.yml": """
            all:
              vars: &base {ansible_user: me, n: 1}
              hosts:
                a: {<<: *base, n: 2}
                b: *base
        """
    },
    "json": {"hosts.json": '{"all": {"hosts": {"a": {"e": 1e3, "big": 123456789012345678901234567890}, "b": null}}}'},
    "ini": {
        "hosts.ini": """
# a comment
; another
lonely ansible_host=192.0.2.1   # trailing
one:2222

[web]
web[1:3] color=red n=1 t=True f=1.5 lower=true none=None hex=0x10 zero=017
web4 quoted="a b" single='x=y' list="[1, 'two']" dict="{'a': 1}" empty= eq=a=b escaped=a\\ b
[::1]:2222 v=6
2001:db8::7

[db]
db[a:c].example.com:2201
web1 second=yes

[web:vars]
spaced = a value with spaces
number = 5
quoted = "still 'quoted'"
hash = text # not a comment
hashed = 7 # but Python ignores this
tuple = (1, 2)
complex = 1j
dots = ...
under = 1_000

[west:children]
web
db   # comment

[west:vars]
color=green
[all:vars]
color=blue
far=away
"""
    },
    "without suffix, yaml": {"hosts": "---\nall: {hosts: {a: {x: 1}}}\n"},
    "without suffix, ini": {"hosts": "a x=1\n[g]\nb\n"},
    "another suffix is ini": {"hosts.prod": "a x=1\n[g]\nb\n"},
    "a name that is host and group": {"hosts.ini": "[web]\nweb x=1\nother\n"},
    "priority": {
        "hosts.yml": """
            a: {hosts: h, vars: {v: a, w: a, ansible_group_priority: 10}}
            b: {hosts: h, vars: {v: b, w: b}}
            c: {hosts: h, vars: {v: c, ansible_group_priority: 5}, children: {d: {hosts: h, vars: {w: d}}}}
        """
    },
    "the depth of a diamond": {
        "hosts.yml": """
            top: {children: {left: {children: {bottom: {hosts: h}}}, right: {children: {far: {children: {bottom: }}}}}}
            left: {vars: {v: left, w: left}}
            right: {vars: {v: right}}
            far: {vars: {w: far}}
            all: {children: {bottom: {vars: {x: bottom}}, top: {vars: {x: top, v: top}}}}
        """
    },
    "files of variables": {
        "hosts.yml": "{web: {hosts: {web1: {a: in, b: in}}, vars: {c: in, d: in}}, all: {vars: {e: in}}}",
        "group_vars/all": "e: all-file\nf: all-file\n",
        "group_vars/web.yml": "d: web-file\na: web-file\nf: web-file\n",
        "group_vars/ungrouped.yml": "d: never\n",
        "host_vars/web1.json": '{"b": "host-file", "g": [1]}',
        "host_vars/web2.yml": "z: nobody\n",
    },
    "folders of variables": {
        "hosts.ini": "[web]\nweb1\n",
        "group_vars/web/10-one.yml": "a: 1\nb: 1\n",
        "group_vars/web/20-two.yaml": "b: 2\n",
        "group_vars/web/nested/x.yml": "c: 3\n",
        "group_vars/web/nested.d/x.yml": "c: not read\n",
        "group_vars/web/.hidden.yml": "b: hidden\n",
        "group_vars/web/z.yml~": "b: backup\n",
        "group_vars/web/z.txt": "b: text\n",
        "group_vars/web/empty.yml": "",
        "group_vars/web.yml": "b: the folder goes before\n",
        "host_vars/web1": "h: 1\n",
        "host_vars/web1.yml": "h: the plain name goes before\n",
    },
    "an ini group of a group that is declared later": {
        "hosts.ini": "[a:children]\nb\n[b:vars]\nx=1\n[b:children]\nc\n[c]\nh\n"
    },
}


@pytest.mark.parametrize("files", STATIC.values(), ids=STATIC)
def test_static(tmp_path, files):
    files = {name: "\n".join(line.removeprefix(" " * 12) for line in text.split("\n")) for name, text in files.items()}

    assert_same_answer(write(tmp_path, files))


def test_a_folder_is_one_inventory(tmp_path):
    write(
        tmp_path,
        {
            "20-b.ini": "[web]\nweb2 x=2\n[web:vars]\nv=ini\n",
            "10-a.yml": "web: {hosts: {web1: {x: 1}, web2: {x: 1}}, vars: {v: yaml}}\n",
            "sub/c.ini": "[db]\ndb1\n",
            "README.md": "not [an inventory",
            ".hidden.ini": "hidden",
            "old.bak": "old",
            "group_vars/web.yml": "w: beside\n",
            "sub/group_vars/db.yml": "w: not beside the folder that was named\n",
        },
    )

    assert_same_answer(tmp_path)


def generated(seed: int) -> tuple[dict, dict[str, str]]:
    """A random inventory as {group: {hosts, vars, children}}, and files of variables beside it."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    groups = [f"g{n}" for n in range(chance.randint(2, 8))]
    hosts = [f"h{n}" for n in range(chance.randint(2, 9))] + ["r[1:3].x", "2001:db8::5"]
    names = ["one", "two", "three"]

    def variables(label: str) -> dict:
        return {
            name: chance.choice([label, 7, True, [label, 1], {"k": label}]) for name in names if chance.random() < 0.5
        }

    content: dict = {"all": {"vars": variables("all"), "hosts": {hosts[0]: variables("in-all")}}}
    for place, group in enumerate(groups):
        body = content[group] = {
            "hosts": {host: variables(f"{group}-{host}") for host in hosts if chance.random() < 0.3},
            "vars": variables(group),
            "children": {child: None for child in groups[place + 1 :] if chance.random() < 0.3},
        }
        if chance.random() < 0.3:
            body["vars"]["ansible_group_priority"] = chance.randint(1, 3)
    files = {}
    for group in ["all", "ungrouped", *groups]:
        if chance.random() < 0.4:
            suffix = chance.choice(["", ".yml", ".yaml", ".json", "/x.yml"])
            files[f"group_vars/{group}{suffix}"] = json.dumps(variables(f"file-{group}"))
    for host in (*hosts[:3], "r2.x"):
        if chance.random() < 0.4:
            files[f"host_vars/{host}.yml"] = json.dumps(variables(f"file-{host}"))
    return content, files


def as_ini(content: dict) -> str:
    lines = []
    for group, body in content.items():
        if group != "all":
            lines.append(f"[{group}]")
        for host, variables in body["hosts"].items():
            entry = f"[{host}]:22" if ":" in host and "[" not in host else host
            lines.append(" ".join([entry, *(f'{name}="{value}"' for name, value in variables.items())]))
        lines += [f"[{group}:vars]", *(f"{name} = {value}" for name, value in body["vars"].items())]
        if body.get("children"):
            lines += [f"[{group}:children]", *body["children"]]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("layout", ["yml", "ini"])
def test_generated(tmp_path, seed, layout):
    content, files = generated(seed)
    text = yaml.safe_dump(content, sort_keys=False) if layout == "yml" else as_ini(content)

    assert_same_answer(write(tmp_path, {f"hosts.{layout}": text, **files}))


def test_its_own_listing_read_as_a_file_gives_the_same_hosts(tmp_path):
    content, files = generated(99)
    path = write(
        tmp_path, {"in/hosts.yml": yaml.safe_dump(content), **{f"in/{name}": text for name, text in files.items()}}
    )
    ran = subprocess.run([TOOLS / "ansible-inventory", "--list", "-i", path], capture_output=True, check=True)
    (tmp_path / "fleet.json").write_bytes(ran.stdout)

    directly = {host.name: host for host in hosts_from(str(path), folder=tmp_path).hosts}
    listed = {host.name: host for host in hosts_from(str(tmp_path / "fleet.json"), folder=tmp_path).hosts}

    assert directly == listed


# -- what only Ansible reads ---------------------------------------------------------------------------------------

GENERATOR = """
plugin: ansible.builtin.generator
hosts: {name: "{{ site }}-{{ role }}", parents: [{name: "{{ role }}", vars: {hostproof_profile: "{{ role }}"}}]}
layers: {site: [paris, oslo], role: [web, db]}
"""


def test_a_plugin_inventory(tmp_path):
    path = write(tmp_path, {"cloud.yml": GENERATOR})

    chosen = hosts_from(str(path), limit="web", folder=tmp_path)

    assert sorted(host.name for host in chosen.hosts) == ["oslo-web", "paris-web"]
    assert {host.groups for host in chosen.hosts} == {("web",)}


def test_a_folder_with_a_plugin_inventory_and_variables_that_compose(tmp_path):
    path = write(
        tmp_path,
        {
            "inv/10.ini": "a where=oslo\nb where=paris\n",
            "inv/20.yml": "plugin: ansible.builtin.constructed\nkeyed_groups: [{key: where, prefix: in}]\n"
            "compose: {ansible_host: \"where + '.example.com'\"}\n",
            "inv/group_vars/in_oslo.yml": "hostproof_profile: north\n",
        },
    ).parent

    (host,) = hosts_from(str(path), limit="in_oslo", folder=tmp_path).hosts

    assert (host.address, host.variables["hostproof_profile"]) == ("oslo.example.com", "north")


def test_a_script(tmp_path):
    path = write(
        tmp_path, {"cloud": '#!/bin/sh\necho \'{"web": {"hosts": ["a"]}, "_meta": {"hostvars": {"a": {"x": 1}}}}\'\n'}
    )
    path.chmod(0o755)

    (host,) = hosts_from(str(path), folder=tmp_path).hosts

    assert (host.name, host.groups, host.variables) == ("a", ("web",), {"x": 1})


def test_an_executable_bit_alone_makes_no_script(tmp_path):
    path = write(tmp_path, {"hosts.ini": "a x=1\n"})
    path.chmod(0o755)

    assert [host.name for host in hosts_from(str(path), folder=tmp_path).hosts] == ["a"]


@pytest.fixture
def vault(tmp_path, monkeypatch):
    """Encrypts with ansible-vault; the password is where Ansible finds it."""
    password = tmp_path / "vault-password"
    password.write_text("correct horse\n")
    monkeypatch.setenv("ANSIBLE_VAULT_PASSWORD_FILE", str(password))

    def run(*arguments) -> str:
        argv = [TOOLS / "ansible-vault", *map(str, arguments)]
        return subprocess.run(argv, capture_output=True, text=True, check=True).stdout

    return run


def test_a_vaulted_file(tmp_path, vault, monkeypatch):
    path = write(
        tmp_path, {"hosts.yml": "web: {hosts: web1}\n", "group_vars/web.yml": "hostproof_profile: hidden\npw: x\n"}
    )
    vault("encrypt", tmp_path / "group_vars/web.yml")

    (host,) = hosts_from(str(path), folder=tmp_path).hosts
    assert host.variables == {"hostproof_profile": "hidden", "pw": "x"}

    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE")
    with pytest.raises(UsageError, match=r"hosts\.yml: ansible-inventory failed: .*no vault secrets"):
        hosts_from(str(path), folder=tmp_path)


def test_a_vaulted_value_is_nobodys_business_unless_it_is_needed(tmp_path, vault):
    secret = vault("encrypt_string", "v4lue", "--name", "PLACE").replace("\n", "\n      ")
    inventory = "all:\n  hosts:\n    web1:\n      x: 1\n      " + secret

    path = write(tmp_path, {"hosts.yml": inventory.replace("PLACE", "db_thing")})
    (host,) = hosts_from(str(path), folder=tmp_path).hosts
    assert host.variables == {"x": 1}

    path.write_text(inventory.replace("PLACE", "ansible_host"))
    with pytest.raises(UsageError, match="host web1: ansible_host is encrypted"):
        hosts_from(str(path), folder=tmp_path)

    # The same through Ansible, which does not decrypt single values either.
    listing = subprocess.run(
        [TOOLS / "ansible-inventory", "--list", "-i", path], capture_output=True, check=True
    ).stdout
    path.with_suffix(".json").write_bytes(listing)
    with pytest.raises(UsageError, match="host web1: ansible_host is encrypted"):
        hosts_from(str(path.with_suffix(".json")), folder=tmp_path)


def test_ansibles_own_default_inventory(tmp_path, monkeypatch):
    path = write(tmp_path, {"mine.ini": "[web]\nweb1\n[db]\ndb1\n"})
    monkeypatch.setenv("ANSIBLE_INVENTORY", str(path))

    assert [host.name for host in hosts_from("ansible://web", folder=tmp_path).hosts] == ["web1"]


def test_a_listing_that_fails_says_which_and_why(tmp_path):
    path = write(tmp_path, {"cloud.yml": "plugin: no.such.plugin\n"})

    with pytest.raises(UsageError, match=r"cloud\.yml: ansible-inventory failed: \S.*") as refused:
        hosts_from(str(path), folder=tmp_path)

    assert "\n" not in str(refused.value)
