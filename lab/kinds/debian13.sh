# A real Debian 13 (trixie).
# suite: trixie
# packages: aide-common
# inside: every debian
# steps: host.sh
