# hosts: debian11 debian12 debian13 ubuntu2404
# profile: alliance
# A snippet that is left over from an installation script.
echo 'APT { Get { AllowUnauthenticated "true"; }; };' >/etc/apt/apt.conf.d/99ci
