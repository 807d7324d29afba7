# hosts: debian12 debian13
# profile: alliance
# What an upgrade of the release sets aside; apt reads no file of such a name.
for name in more.list.save more.list.distUpgrade more.sources.bak 'mo re.list' .more.list; do
    echo 'deb [trusted=yes] http://packages.example.org/debian stable main' >"/etc/apt/sources.list.d/$name"
done
