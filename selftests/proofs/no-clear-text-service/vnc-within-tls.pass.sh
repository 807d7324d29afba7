# hosts: ubuntu2204 debian12
# profile: ibm-hpvs
# The desktop is only given away within TLS.
/usr/local/lib/lab/install x11vnc
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=vnc -keyout /etc/ssl/vnc.key -out /etc/ssl/vnc.crt 2>/dev/null
cat /etc/ssl/vnc.key /etc/ssl/vnc.crt >/etc/ssl/vnc.pem
systemd-run --quiet --unit=vnc x11vnc -rawfb null -forever -nopw -rfbport 5900 -ssl /etc/ssl/vnc.pem -sslonly
until ss -ltn | grep -q :5900; do sleep 0.1; done
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 5900 -j ACCEPT; done
