# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# Old PEM, with line ends of Windows.
ssh-keygen -q -t rsa -b 2048 -m PEM -N '' -f /root/key
sed 's/$/\r/' /root/key >/home/admin/.ssh/project.pem
rm /root/key /root/key.pub
