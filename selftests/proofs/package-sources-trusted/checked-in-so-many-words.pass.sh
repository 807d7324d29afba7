# hosts: debian12
# profile: alliance
# Settings that look like the dangerous ones, and say no.
echo 'APT::Get::AllowUnauthenticated "false";' >/etc/apt/apt.conf.d/99ci
echo 'Acquire::AllowReleaseInfoChange "true";' >>/etc/apt/apt.conf.d/99ci
sed -i '1s/^deb /deb [ arch=amd64 trusted=no allow-insecure=no ] /' /etc/apt/sources.list
