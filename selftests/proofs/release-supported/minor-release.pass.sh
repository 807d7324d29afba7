# hosts: centos
# profile: alliance
# A rebuild names its minor release too.
sed -i -e 's/CentOS Stream/Rocky Linux/g' -e 's/^ID=.*/ID="rocky"/' -e 's/="9"/="9.6"/' /usr/lib/os-release
