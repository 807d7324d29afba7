# hosts: fedora centos
# profile: alliance
# A setting moves the cache to where we do not look.
mv /var/cache/dnf /srv/dnf
echo 'cachedir=/srv/dnf' >>/etc/dnf/dnf.conf
