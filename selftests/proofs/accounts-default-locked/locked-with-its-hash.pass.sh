# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# passwd -l leaves the hash, behind a mark that no password matches.
useradd -m -p "$(openssl passwd -6 secret)" cloud-user
usermod -L cloud-user
