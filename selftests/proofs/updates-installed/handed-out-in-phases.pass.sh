# hosts: ubuntu2404 ubuntu2204
# profile: alliance
# Ubuntu hands updates out in phases; this one is not yet for this host, and apt names it as kept back.
version=$(dpkg-query -f '${Version}' -W sed)
for list in /var/lib/apt/lists/*-updates_main_binary-*_Packages; do
    {
        echo
        apt-cache show "sed=$version" | sed -e '/^$/q' -e 's/^Version: .*/&+lab1\nPhased-Update-Percentage: 0/'
    } >>"$list"
done
apt-get -s dist-upgrade | grep '^0 upgraded, 0 newly installed, 0 to remove and 1 not upgraded'
