# hosts: fedora centos
# profile: alliance
# A setting makes dnf read its repositories from where we do not look.
echo 'reposdir=/srv/repos.d' >>/etc/dnf/dnf.conf
