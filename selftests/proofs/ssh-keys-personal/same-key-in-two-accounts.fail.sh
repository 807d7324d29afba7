# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# admin's key opens plain's account as well.
cat /home/admin/.ssh/authorized_keys >>/home/plain/.ssh/authorized_keys
