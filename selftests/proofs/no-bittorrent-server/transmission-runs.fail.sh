# hosts: debian12 debian11 debian13
# profile: alliance
# The plain case: installed, and started by its package.
/usr/local/lib/lab/install transmission-daemon
