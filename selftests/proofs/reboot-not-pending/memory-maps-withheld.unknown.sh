# hosts: debian12 fedora
# profile: alliance
# A missing mark proves nothing when nobody can see what runs: what was not checked has been
# counted as a result (thread 57, CaC #12030).
mount --bind /dev/null /proc/1/maps
