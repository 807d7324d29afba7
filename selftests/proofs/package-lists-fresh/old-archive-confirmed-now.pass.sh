# hosts: debian11 debian12 debian13 ubuntu2204
# profile: alliance
# A stable release changes every other month, so its files are old although they were confirmed a moment ago.
touch -d '90 days ago' /var/lib/apt/lists/*Release /var/lib/apt/lists/*Packages
