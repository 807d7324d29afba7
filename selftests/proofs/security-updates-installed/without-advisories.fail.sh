# hosts: centos
# profile: alliance
# The repositories of CentOS tell nobody which updates are about security: any update may be.
/usr/local/lib/lab/offer-update bash bugfix
rm /srv/repositories/appstream/updateinfo.xml
rm -r /srv/repositories/appstream/repodata
/usr/local/lib/lab/refresh-repositories
[ -z "$(dnf -C -q updateinfo list)" ]
