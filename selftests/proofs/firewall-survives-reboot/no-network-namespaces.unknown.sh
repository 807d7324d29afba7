# hosts: debian12 debian11 debian13
# profile: alliance
# Saved rules cannot be tried apart, and are not tried on the host.
rm "$(command -v unshare)"
