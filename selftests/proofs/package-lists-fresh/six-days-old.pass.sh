# hosts: debian12
# profile: alliance
# Within the week.
touch -d '6 days ago' /var/lib/apt/lists/partial
