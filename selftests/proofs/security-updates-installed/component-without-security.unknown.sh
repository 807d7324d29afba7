# hosts: ubuntu2404
# profile: alliance
# Packages come from universe, its security updates do not.
sed -i '1s/main$/main universe/' /etc/apt/sources.list
cd /var/lib/apt/lists
for list in *_noble_main_binary-*_Packages; do cp "$list" "$(echo "$list" | sed 's/_main_/_universe_/')"; done
