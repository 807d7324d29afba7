# hosts: debian13 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# Like a kernel's metapackage: `apt-get upgrade` keeps it back, `dist-upgrade` installs what it needs.
version=$(dpkg-query -f '${Version}' -W less)
for list in /var/lib/apt/lists/*-updates_main_binary-*_Packages; do
    { echo && apt-cache show "less=$version" | sed -e '/^$/q' -e 's/^Version: .*/&+lab1/' -e 's/^Depends: /&ed, /'; } >>"$list"
done
apt-get -s upgrade | grep '^0 upgraded'
