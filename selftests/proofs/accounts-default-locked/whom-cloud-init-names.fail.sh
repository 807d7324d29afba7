# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# The image calls its default account by a name of its own.
mkdir -p /etc/cloud/cloud.cfg.d /var/lib/cloud
cat >/etc/cloud/cloud.cfg <<'END'
users:
   - default
system_info:
   distro: fedora
   default_user:
     # name: fedora
     name: researcher
     lock_passwd: True
END
useradd -m -p "$(openssl passwd -6 secret)" researcher
