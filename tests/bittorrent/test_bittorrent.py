"""Does the machine run a BitTorrent server, or a client that seeds?"""

from __future__ import annotations

from hostproof import recommendation


@recommendation("no-bittorrent-server")
def test_there_is_no_bittorrent_server(host):
    packages = [f"the package {name}" for name in host.packages.of("bittorrent")]
    processes = [f"the process {process.title}" for process in host.processes.of("bittorrent")]
    listeners = [str(listener) for listener in host.listeners.of("bittorrent")]
    found = packages + processes + listeners
    assert not found, f"there is BitTorrent: {', '.join(found)}"
