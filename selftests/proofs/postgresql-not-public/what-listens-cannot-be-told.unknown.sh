# hosts: debian12 centos
# profile: alliance
# The usual ports are closed, but nobody knows which others would have to be looked at.
# A tool that was missing has been taken for "nothing listens" (thread 49, inspec #762, #1936).
printf '#!/bin/sh\necho nonsense\n' >/usr/local/sbin/ss
chmod 755 /usr/local/sbin/ss
