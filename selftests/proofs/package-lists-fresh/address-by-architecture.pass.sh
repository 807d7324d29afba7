# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# A mirror with a folder for each architecture.
cd /var/lib/apt/lists
file=$(grep -lE '(updates|-security)' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
sed -i -E 's#^(deb .*https?://[^ ]+-?[^ ]*) ([a-z]+-updates) #\1/$(ARCH) \2 #' "$file"
grep -F '/$(ARCH) ' "$file"
for list in *_dists_*-updates_*; do mv "$list" "$(echo "$list" | sed 's/_dists_/_amd64&/')"; done
apt-get --print-uris update | grep '/amd64/dists/[a-z]*-updates/InRelease'
ls ./*_amd64_dists_*-updates_InRelease
