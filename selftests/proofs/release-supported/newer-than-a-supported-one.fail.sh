# hosts: ubuntu2404
# profile: alliance
# 25.04 is newer than 24.04, and was given up three years before it.
sed -i -e 's/24\.04/25.04/g' -e 's/noble/plucky/g' /usr/lib/os-release
