# hosts: fedora centos
# profile: alliance
# The host is named in another file.
echo packages.example.org >/etc/dnf/vars/mirror
cat >/etc/yum.repos.d/more.repo <<'END'
[more]
name=more
mirrorlist=https://$mirror/list
gpgcheck=1
END
