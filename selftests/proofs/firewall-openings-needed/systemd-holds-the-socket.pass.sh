# hosts: ubuntu2404 debian12 debian13
# profile: ibm-hpvs
# The service is started by its first visitor; systemd listens until then.
for tool in iptables ip6tables; do
    $tool -A INPUT -p tcp -m tcp --dport 8080 -m state --state NEW -j ACCEPT
done
printf '[Socket]\nListenStream=8080\n' >/etc/systemd/system/page.socket
printf '[Service]\nExecStart=/bin/cat\n' >/etc/systemd/system/page.service
systemctl daemon-reload
systemctl start page.socket
