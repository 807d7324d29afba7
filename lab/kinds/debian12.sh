# A real Debian 12 (bookworm).
# suite: bookworm
# steps: host.sh
