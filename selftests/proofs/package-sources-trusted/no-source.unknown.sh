# hosts: debian12 debian13
# profile: alliance
# Without any source there is nothing to trust; where packages came from is not known.
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*
