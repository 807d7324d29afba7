# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A service goes on to other hosts from here.
useradd --system --create-home --home-dir /var/lib/builder --shell /usr/sbin/nologin builder
mkdir /var/lib/builder/.ssh
ssh-keygen -q -t rsa -b 2048 -N '' -f /var/lib/builder/.ssh/id_rsa
