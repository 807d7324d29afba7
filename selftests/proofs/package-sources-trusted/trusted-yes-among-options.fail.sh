# hosts: debian12
# profile: alliance
# The option stands behind others, before a trusted host.
sed -i '1s/^deb /deb [ arch=amd64 trusted=yes ] /' /etc/apt/sources.list
