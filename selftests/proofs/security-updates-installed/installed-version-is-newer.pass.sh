# hosts: debian12
# profile: alliance
# A backport is newer than the fix, although its version compares as smaller letter by letter (10 and 9).
version=$(dpkg-query -W -f='${Version}' bash)
for list in /var/lib/apt/lists/*-security_main_binary-*_Packages; do
    { echo && apt-cache show "bash=$version" | sed -e '/^$/q' -e "s/^Version: .*/Version: $version+lab9/"; } >>"$list"
done
sed -i "s/^Version: $version$/Version: $version+lab10/" /var/lib/dpkg/status
[ "$(dpkg-query -W -f='${Version}' bash)" = "$version+lab10" ]
