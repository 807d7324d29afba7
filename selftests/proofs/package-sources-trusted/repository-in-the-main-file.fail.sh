# hosts: fedora centos
# profile: alliance
# A repository may stand in dnf.conf itself.
cat >>/etc/dnf/dnf.conf <<'END'
[more]
name=more
baseurl=https://packages.example.org/fedora/
END
