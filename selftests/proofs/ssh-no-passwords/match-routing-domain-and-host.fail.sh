# hosts: debian12 debian11 debian13
# profile: alliance
# Criteria that sshd insists to be told about: where they are, a bare `sshd -T` ends with an error.
cat >/etc/ssh/sshd_config.d/90-more.conf <<'END'
Match LocalAddress 192.0.2.0/24 RDomain *
    PermitEmptyPasswords no
Match Host *.example.com
    PasswordAuthentication yes
END
systemctl reload ssh
