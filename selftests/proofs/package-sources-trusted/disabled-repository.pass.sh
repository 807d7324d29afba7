# hosts: fedora centos
# profile: alliance
# A strange repository that is switched off.
cat >/etc/yum.repos.d/more.repo <<'END'
[more]
name=more
baseurl=http://packages.example.org/fedora/
enabled = False
gpgcheck=0
END
