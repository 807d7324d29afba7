# hosts: ubuntu2404 debian12
# profile: ibm-hpvs
# reason: takes passwords without it
# STARTTLS is offered, and so is AUTH before it.
/usr/local/lib/lab/install exim4-daemon-light
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=mail -keyout /etc/exim4/exim.key -out /etc/exim4/exim.crt 2>/dev/null
chmod 644 /etc/exim4/exim.key
cat >/etc/exim4/exim4.conf.localmacros <<'END'
MAIN_TLS_ENABLE = yes
AUTH_SERVER_ALLOW_NOTLS_PASSWORDS = yes
END
cat >>/etc/exim4/exim4.conf.template <<'END'
plain_server:
  driver = plaintext
  public_name = PLAIN
  server_condition = no
END
/usr/local/lib/lab/exim
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 25 -j ACCEPT; done
