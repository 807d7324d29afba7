# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204
# profile: alliance
# A later file takes back what another one says.
echo 'APT::Periodic::Enable "0";' >/etc/apt/apt.conf.d/99local
