# hosts: debian12 debian11 debian13
# profile: alliance
# Keys are accepted from the admin network only: that is where administrators are.
cat >/etc/ssh/sshd_config.d/05-inside.conf <<'END'
PubkeyAuthentication no
Match Address 10.99.0.0/24,fd99::/64
    PubkeyAuthentication yes
END
systemctl reload ssh
