# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Without -n, logger writes what was read to the log that it was read from.
sed -i 's/ -n 10.99.0.1//' /etc/cron.d/log-digest
