# hosts: debian13 debian12
# profile: alliance
# reason: what answers at 2022/tcp .* is not known
# Somebody gets an answer at a port that says nothing, and the firewall lets nobody come again to ask whether that is an SSH server.
systemd-run --quiet --unit=relay --socket-property=ListenStream=2022 /lib/systemd/systemd-socket-proxyd 127.0.0.1:22
nft add rule inet filter input tcp dport 2022 ct state new limit rate 1/hour burst 1 packets accept
