# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# A file that includes one that is not there, and apt no longer says what is set.
echo '#include "/etc/apt/proxies";' >/etc/apt/apt.conf.d/99local
if apt-config dump >/dev/null; then exit 1; fi
