# hosts: fedora centos
# profile: alliance
# Which host it is depends on how dnf is called.
cat >/etc/yum.repos.d/more.repo <<'END'
[more]
name=more
baseurl=https://$mirror/fedora/
END
