# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# Nothing is wrong, though a stage that this version does not use never began.
mkdir -p /run/cloud-init /var/lib/cloud/data /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
cat >/var/lib/cloud/data/status.json <<'END'
{
 "v1": {
  "datasource": "DataSourceNoCloud [seed=/var/lib/cloud/seed/nocloud][dsmode=net]",
  "init": {
   "errors": [],
   "finished": 1795714512.71,
   "start": 1795714511.79
  },
  "init-local": {
   "errors": [],
   "finished": 1795714511.19,
   "start": 1795714511.04
  },
  "modules-config": {
   "errors": [],
   "finished": 1795714514.27,
   "start": 1795714514.23
  },
  "modules-final": {
   "errors": [],
   "finished": 1795714514.80,
   "start": 1795714514.57
  },
  "modules-init": {
   "errors": [],
   "finished": null,
   "start": null
  },
  "stage": null
 }
}
END
ln -s ../../var/lib/cloud/data/status.json /run/cloud-init/status.json
echo '14.80 - Thu, 26 Nov 2026 17:35:14 +0000 - v. 22.4.2' >/var/lib/cloud/instance/boot-finished
