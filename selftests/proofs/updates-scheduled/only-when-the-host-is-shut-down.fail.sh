# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# reason: InstallOnShutdown
# The timer starts unattended-upgrades every day, which ends at once: it would install when the host is shut down, which servers are not.
echo 'Unattended-Upgrade::InstallOnShutdown "true";' >/etc/apt/apt.conf.d/99local
