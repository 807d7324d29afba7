# hosts: debian12
# profile: ibm-hpvs
# What this profile's list allows.
/usr/local/lib/lab/install nginx-light
echo 'server { listen 8080; listen [::]:8080; }' >/etc/nginx/conf.d/lab.conf
systemctl restart nginx
for tool in iptables ip6tables; do
    $tool -A INPUT -p tcp -m tcp --dport 8080 -m state --state NEW -j ACCEPT
done
