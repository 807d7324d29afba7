# hosts: debian12 ubuntu2404
# profile: alliance
# A fix that is on hold is missing all the same; `apt-get upgrade` would not mention it.
/usr/local/lib/lab/offer-update bash security
apt-mark hold bash
