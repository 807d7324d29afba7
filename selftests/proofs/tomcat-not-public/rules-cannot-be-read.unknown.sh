# hosts: ubuntu2404 debian12 debian11 debian13 ubuntu2204
# profile: alliance
# Something listens at Tomcat's port. No stranger gets there now; what the firewall lets in, no tool tells.
systemd-run --quiet --unit=page python3 -m http.server 8080
until ss -ltn | grep -q :8080; do sleep 0.1; done
rm "$(command -v nft)" "$(command -v iptables-save)" "$(command -v ip6tables-save)"
