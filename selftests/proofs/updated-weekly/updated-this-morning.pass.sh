# hosts: centos fedora
# profile: alliance
# A real transaction of dnf; something new came out since.
/usr/local/lib/lab/offer-update sudo bugfix
yum -q -y update
/usr/local/lib/lab/offer-update bash bugfix
