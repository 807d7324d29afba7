# hosts: ubuntu2204 debian12 debian11 debian13 ubuntu2404
# profile: alliance
# A mail server is the business of another recommendation as well; that everybody reaches it, of this one.
/usr/local/lib/lab/install exim4-daemon-light
sed -i "s/^dc_local_interfaces=.*/dc_local_interfaces='0.0.0.0 ; ::0'/" /etc/exim4/update-exim4.conf.conf
systemctl restart exim4
until ss -ltn | grep -q '0.0.0.0:25'; do sleep 0.1; done
nft add rule inet filter input tcp dport 25 accept
