# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Several accounts at once, as older manuals have it.
mkdir -p /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
cat >/var/lib/cloud/instances/iid-1/cloud-config.txt <<'END'
#cloud-config

# from 1 files
# part-001

---
chpasswd:
    expire: false
    list: |
        root:correct-horse
        admin:RANDOM
ssh_pwauth: false
...
END
