# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A listener on ::1 is nobody's but the host's own, and others have stumbled over its address (thread 52, vulsctl #32).
systemd-run --quiet --unit=page python3 -m http.server --bind ::1 3389
until ss -ltn | grep -q '\[::1\]:3389'; do sleep 0.1; done
nft add rule inet filter input tcp dport 3389 accept
