# A real Debian 13 (trixie).
# suite: trixie
# steps: host.sh
