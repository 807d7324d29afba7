# hosts: centos debian12 debian13 ubuntu2404
# profile: ibm-hpvs
# reason: it offers sessions without encryption
# A password keeps others out of the desktop, and nobody from watching it on the way.
/usr/local/lib/lab/install x11vnc
systemd-run --quiet --unit=vnc x11vnc -rawfb null -forever -passwd secret -rfbport 5900
until ss -ltn | grep -q :5900; do sleep 0.1; done
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 5900 -j ACCEPT; done
