# hosts: debian12
# profile: alliance
# Rules written by iptables accept something, and the tool that could say what is gone.
nft flush ruleset
iptables -P INPUT DROP
iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
iptables -A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT
ip6tables -P INPUT DROP
for tool in iptables ip6tables; do
    rm -f "$(command -v $tool-save)" "$(command -v $tool-nft-save)" "$(command -v $tool-legacy-save)"
done
