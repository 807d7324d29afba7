# hosts: centos
# profile: alliance
# CentOS Linux 8 calls itself `centos` 8 as CentOS Stream 8 did, and ended two and a half years earlier.
sed -i -e 's/CentOS Stream/CentOS Linux/g' -e 's/"9"/"8"/' /usr/lib/os-release
