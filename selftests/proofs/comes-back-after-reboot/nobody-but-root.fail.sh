# hosts: debian11 debian12 debian13
# profile: alliance
# Left by a shutdown that was called off; it lies where boots do not clean up.
echo 'maintenance' >/etc/nologin
