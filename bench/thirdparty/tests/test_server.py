"""A server's tests as people write them with testinfra: nothing here knows of Hostproof. The host is host.sh's."""

import pytest


@pytest.mark.parametrize("name", ["openssh-server", "fail2ban", "nftables", "cron", "unattended-upgrades", "sudo"])
def test_package_is_installed(host, name):
    assert host.package(name).is_installed


@pytest.mark.parametrize("name", ["telnetd", "nis", "exim4", "xrdp"])
def test_package_is_absent(host, name):
    assert not host.package(name).is_installed


def test_package_version(host):
    assert host.package("openssh-server").version.startswith("1:10")


@pytest.mark.parametrize("name", ["ssh", "cron", "fail2ban", "unattended-upgrades"])
def test_service_runs_and_starts_at_boot(host, name):
    service = host.service(name)
    assert service.is_running
    assert service.is_enabled


def test_service_does_not_run(host):
    assert not host.service("telnet").is_running


def test_service_does_not_start_at_boot(host):
    assert not host.service("telnet").is_enabled


def test_service_exists(host):
    assert host.service("ssh").exists


@pytest.mark.parametrize("name", ["nope", "nft"])
def test_service_does_not_exist(host, name):
    assert not host.service(name).exists


def test_service_properties(host):
    assert host.service("cron").systemd_properties["LoadState"] == "loaded"


@pytest.mark.parametrize("path", ["/etc/passwd", "/etc/group", "/etc/ssh/sshd_config"])
def test_file_belongs_to_root(host, path):
    file = host.file(path)
    assert file.exists
    assert file.is_file
    assert (file.user, file.group) == ("root", "root")
    assert file.mode == 0o644


def test_shadow_is_private(host):
    shadow = host.file("/etc/shadow")
    assert shadow.group == "shadow"
    assert shadow.mode & 0o007 == 0


def test_temporary_folder_is_sticky(host):
    assert host.file("/tmp").is_directory
    assert host.file("/tmp").mode == 0o1777


def test_file_says(host):
    assert host.file("/etc/ssh/sshd_config.d/00-thirdparty.conf").contains("^AddressFamily inet")
    assert "AddressFamily inet" in host.file("/etc/ssh/sshd_config.d/00-thirdparty.conf").content_string


def test_file_is_absent(host):
    assert not host.file("/etc/hosts.equiv").exists


def test_file_is_a_link(host):
    assert host.file("/etc/sshd_config").is_symlink
    assert host.file("/etc/sshd_config").linked_to == "/etc/ssh/sshd_config"


def test_folder_listing(host):
    assert "thirdparty" in host.file("/etc/sudoers.d").listdir()


def test_file_digest(host):
    assert len(host.file("/etc/passwd").sha256sum) == 64
    assert host.file("/etc/passwd").size > 100


@pytest.mark.parametrize(
    "spec",
    ["tcp://0.0.0.0:22", "tcp://22", "tcp://127.0.0.1:22", "tcp://127.0.0.1:8125", "udp://127.0.0.1:8125", "tcp://::1:8125"],
)
def test_socket_listens(host, spec):
    assert host.socket(spec).is_listening


@pytest.mark.parametrize("spec", ["tcp://23", "tcp://3306", "tcp://:::22", "unix:///run/docker.sock"])
def test_socket_does_not_listen(host, spec):
    assert not host.socket(spec).is_listening


def test_metrics_are_not_public(host):
    assert "tcp://0.0.0.0:8125" not in host.socket.get_listening_sockets()


@pytest.mark.parametrize(("name", "uid", "home"), [("root", 0, "/root"), ("admin", 1000, "/home/admin")])
def test_user(host, name, uid, home):
    user = host.user(name)
    assert user.exists
    assert (user.uid, user.home) == (uid, home)


def test_daemon_cannot_log_in(host):
    assert host.user("daemon").shell == "/usr/sbin/nologin"


def test_user_is_absent(host):
    assert not host.user("toor").exists


@pytest.mark.parametrize(("name", "gid"), [("root", 0), ("shadow", 42)])
def test_group(host, name, gid):
    assert host.group(name).exists
    assert host.group(name).gid == gid


@pytest.mark.parametrize(("key", "value"), [("net.ipv4.ip_forward", 0), ("kernel.randomize_va_space", 2)])
def test_sysctl(host, key, value):
    assert host.sysctl(key) == value


def test_mount_point(host):
    tmp = host.mount_point("/tmp")
    assert tmp.exists
    assert tmp.filesystem == "tmpfs"
    assert "nosuid" in tmp.options


def test_no_mount_point(host):
    assert not host.mount_point("/mnt").exists


def test_firewall_drops_by_default(host):
    assert "-P INPUT DROP" in host.iptables.rules("filter", "INPUT")


def test_firewall_lets_nobody_in_to_mysql(host):
    assert not any("3306" in rule and "ACCEPT" in rule for rule in host.iptables.rules())


def test_process(host):
    daemons = host.process.filter(user="root", comm="cron")
    assert len(daemons) == 1


def test_interface(host):
    assert host.interface("eth0").exists
    assert "127.0.0.1" in host.interface("lo").addresses


def test_address(host):
    assert host.addr("localhost").is_resolvable
    assert host.addr("localhost").port(22).is_reachable


def test_system(host):
    assert host.system_info.type == "linux"
    assert (host.system_info.distribution, host.system_info.release) == ("debian", "13")


def test_environment(host):
    assert "HOME" in host.environment()


def test_command(host):
    assert host.exists("systemctl")
    assert host.run("id -u").stdout.strip() == "0"
    assert host.check_output("hostname")
