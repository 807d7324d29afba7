# hosts: centos
# profile: alliance
# CentOS Stream 8.
sed -i -e 's/Stream 9/Stream 8/' -e 's/"9"/"8"/' /usr/lib/os-release
