# hosts: debian11 debian12 ubuntu2404
# profile: alliance
# Nothing is left to do as far as lists know that nobody has refreshed for a month.
touch -d '30 days ago' /var/lib/apt/lists/partial
