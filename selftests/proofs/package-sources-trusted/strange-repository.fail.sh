# hosts: fedora centos
# profile: alliance
# The plain case: packages from somebody else, and `enabled` is the default.
cat >/etc/yum.repos.d/more.repo <<'END'
[more]
name=more
baseurl=https://packages.example.org/fedora/
gpgcheck=1
END
