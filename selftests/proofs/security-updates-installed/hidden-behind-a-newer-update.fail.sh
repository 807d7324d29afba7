# hosts: debian12 ubuntu2404 ubuntu2204
# profile: alliance
# The fix is in the security archive, and a still newer version in `updates`, phased on Ubuntu: a simulated upgrade either names
# that one alone, or none.
/usr/local/lib/lab/offer-update bash security
/usr/local/lib/lab/offer-update bash bugfix
for list in /var/lib/apt/lists/*-updates_main_binary-*_Packages; do
    sed -i 's/^Version: .*+lab1$/&.1\nPhased-Update-Percentage: 0/' "$list"
done
[ -z "$(apt-get -s dist-upgrade | grep '^Inst bash .*-security')" ]
