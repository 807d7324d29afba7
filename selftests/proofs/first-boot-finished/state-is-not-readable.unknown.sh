# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A disk that filled up while the state was written.
/usr/local/lib/lab/first-boot
head -c 100 /var/lib/cloud/data/status.json >/root/half
cat /root/half >/var/lib/cloud/data/status.json
