# hosts: debian13 debian12 ubuntu2404
# profile: alliance
# It runs, and the firewall would let everybody in; only a tunnel gets there.
/usr/local/lib/lab/install xrdp
sed -i 's,^port=3389,port=tcp://127.0.0.1:3389,' /etc/xrdp/xrdp.ini
systemctl restart xrdp
until ss -ltn | grep -q 127.0.0.1:3389; do sleep 0.1; done
nft add rule inet filter input tcp dport 3389 accept
