# hosts: debian12
# profile: alliance
# After an upgrade of the release, the sources still name the old security archive.
sed -i 's/bookworm-security/bullseye-security/' /etc/apt/sources.list
cd /var/lib/apt/lists
for list in *bookworm-security*; do mv "$list" "$(echo "$list" | sed 's/bookworm/bullseye/')"; done
sed -i 's/^Codename: bookworm-security/Codename: bullseye-security/' ./*bullseye-security_InRelease
