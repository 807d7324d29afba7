# hosts: ubuntu2404 ubuntu2204
# profile: alliance
# The fix is in the security archive, and a newer version in `updates` is held back for now because it is phased. A simulated
# upgrade names neither.
/usr/local/lib/lab/offer-update bash security
/usr/local/lib/lab/offer-update bash bugfix
for list in /var/lib/apt/lists/*-updates_main_binary-*_Packages; do
    sed -i 's/^Version: .*+lab1$/&.1\nPhased-Update-Percentage: 0/' "$list"
done
[ "$(apt-get -s dist-upgrade | grep -c '^Inst bash')" = 0 ]
