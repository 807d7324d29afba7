# hosts: debian12 debian11 debian13
# profile: alliance
# Nothing listens, but the next boot or upgrade may start it.
/usr/local/lib/lab/install postfix
systemctl disable --quiet --now postfix
