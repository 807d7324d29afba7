# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# SSH and TLS both use this format, and the file lies where either may be kept.
ssh-keygen -q -t rsa -b 2048 -m PEM -N '' -f /home/admin/site
rm /home/admin/site.pub
