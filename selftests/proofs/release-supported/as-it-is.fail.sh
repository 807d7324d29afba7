# hosts: debian11
# profile: alliance
# Debian 11: its long-term support ended on 2026-08-31.
: # nothing has to change
