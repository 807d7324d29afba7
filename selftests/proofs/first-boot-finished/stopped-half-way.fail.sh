# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# The last stage has begun and did not end; what came before was fine.
/usr/local/lib/lab/first-boot
sed -i '/modules-final/,/finished/s/"finished": .*,/"finished": null,/; s/"stage": null/"stage": "modules-final"/' /var/lib/cloud/data/status.json
rm /var/lib/cloud/instance/boot-finished
