# hosts: debian12 debian13 ubuntu2404
# profile: alliance
# Moved to 13390, where no document looks for it: known by its program.
/usr/local/lib/lab/install xrdp
sed -i 's/^port=3389/port=13390/' /etc/xrdp/xrdp.ini
systemctl restart xrdp
until ss -ltn | grep -q :13390; do sleep 0.1; done
nft add rule inet filter input tcp dport 13390 accept
