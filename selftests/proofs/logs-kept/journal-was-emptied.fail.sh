# hosts: centos debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# Somebody who is logged in took the traces of it away.
journalctl -q --sync
journalctl -q --rotate
journalctl -q --vacuum-size=1
