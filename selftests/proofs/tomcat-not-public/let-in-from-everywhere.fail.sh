# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Something answers at Tomcat's port: a stand-in that nothing but the port gives away.
systemd-run --quiet --unit=page python3 -m http.server 8080
until ss -ltn | grep -q :8080; do sleep 0.1; done
nft add rule inet filter input tcp dport 8080 accept
