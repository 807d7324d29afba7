# hosts: debian12 debian13
# profile: alliance
# As in a slim image: no lists, so nothing is pending.
rm -rf /var/lib/apt/lists/*
