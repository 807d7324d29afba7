# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# reason: it offers TLS, and lets people log in without it
# STARTTLS is offered, and passwords are taken without it.
/usr/local/lib/lab/install dovecot-imapd
case $(dovecot --version) in
2.4*) setting='auth_allow_cleartext = yes' ;;
*) setting='disable_plaintext_auth = no' ;;
esac
printf '%s\n' 'ssl = yes' "$setting" >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 143 -j ACCEPT; done
