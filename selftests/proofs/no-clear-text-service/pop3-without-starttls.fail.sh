# hosts: debian13 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# reason: it offers no encryption
/usr/local/lib/lab/install dovecot-pop3d
case $(dovecot --version) in
2.4*) setting='auth_allow_cleartext = yes' ;;
*) setting='disable_plaintext_auth = no' ;;
esac
printf '%s\n' 'ssl = no' "$setting" >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 110 -j ACCEPT; done
