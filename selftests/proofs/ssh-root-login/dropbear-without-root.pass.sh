# hosts: debian13 debian12 debian11
# profile: alliance
# Another SSH server, which was told to keep root out.
/usr/local/lib/lab/install dropbear-bin >/dev/null
systemd-run --quiet --unit=dropbear-2 dropbear -F -R -w -p 2222 -r /run/dropbear_key
