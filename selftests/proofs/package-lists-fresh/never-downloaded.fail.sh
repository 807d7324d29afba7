# hosts: debian12 ubuntu2404
# profile: alliance
# As in a slim image.
rm -rf /var/lib/apt/lists/*
