# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# reason: conditions did not hold
# The timer starts the service on time. A drop-in asks for a file that a maintenance window makes, and that nobody makes any more: to
# systemd that is no failure.
mkdir /etc/systemd/system/apt-daily-upgrade.service.d
printf '[Unit]\nConditionPathExists=/run/maintenance\n' >/etc/systemd/system/apt-daily-upgrade.service.d/window.conf
systemctl daemon-reload
systemctl start apt-daily-upgrade.service
