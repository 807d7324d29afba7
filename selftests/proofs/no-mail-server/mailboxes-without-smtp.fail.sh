# hosts: debian12 debian11 debian13
# profile: alliance
# A mail server is also what hands out mail: IMAP, and no SMTP anywhere.
/usr/local/lib/lab/install dovecot-imapd
