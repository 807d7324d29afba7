# A real Debian 12 (bookworm).
# suite: bookworm
# packages: aide-common
# inside: every debian
# steps: host.sh
