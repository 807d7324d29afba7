# hosts: debian12
# profile: alliance
# Sources without a signature are used.
echo 'Acquire::AllowInsecureRepositories "yes";' >/etc/apt/apt.conf.d/99ci
