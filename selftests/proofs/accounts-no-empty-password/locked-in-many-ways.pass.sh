# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# None of these is an empty password.
useradd -p '!' one
useradd -p '!!' two
useradd -p '*' three
useradd -p '!$6$salt$hash' four
useradd -p 'x' five
