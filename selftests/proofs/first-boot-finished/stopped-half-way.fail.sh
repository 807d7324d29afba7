# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# The last stage has begun and did not end; what came before was fine.
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
   "finished": null,
   "start": 1795714514.57
  },
  "modules-init": {
   "errors": [],
   "finished": null,
   "start": null
  },
  "stage": "modules-final"
 }
}
END
ln -s ../../var/lib/cloud/data/status.json /run/cloud-init/status.json
