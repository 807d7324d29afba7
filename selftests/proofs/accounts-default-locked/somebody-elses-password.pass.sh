# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A person's password, for sudo.
usermod -p "$(openssl passwd -6 secret)" admin
