# hosts: debian12 debian13
# profile: alliance
# A second security archive, which has no components: the name of its list is of another form.
url=http://security.debian.org/more
echo "deb $url ./" >>/etc/apt/sources.list
cd /var/lib/apt/lists
cp -p ./*-security_InRelease security.debian.org_more_._InRelease
version=$(dpkg-query -f '${Version}' -W bash)
{ apt-cache show "bash=$version" | sed -e '/^$/q' -e 's/^Version: .*/&+lab1/' && echo; } >security.debian.org_more_._Packages
touch partial
