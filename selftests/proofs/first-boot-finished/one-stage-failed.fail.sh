# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# cloud-init went through all stages, and one of them has an error.
/usr/local/lib/lab/first-boot
error="('set-passwords', ProcessExecutionError('chpasswd'))"
sed -i "/modules-config/,/errors/s/\[\]/[\"$error\"]/" /var/lib/cloud/data/status.json
grep -q chpasswd /var/lib/cloud/data/status.json
