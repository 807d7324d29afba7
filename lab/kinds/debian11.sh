# A real Debian 11 (bullseye), which its makers no longer support.
# suite: bullseye
# inside: every debian
# steps: host.sh
