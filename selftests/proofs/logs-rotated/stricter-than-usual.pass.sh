# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Nobody but root may read them: other modes than expected, and better ones (thread 59, wazuh #33221).
find /var/log -type f -exec chmod 600 {} +
chmod 750 /var/log
