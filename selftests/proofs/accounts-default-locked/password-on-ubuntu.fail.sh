# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# As some images come.
useradd -m -p "$(openssl passwd -6 ubuntu)" ubuntu
