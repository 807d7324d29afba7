# hosts: debian12 debian11 debian13
# profile: alliance
# Nothing that a boot wants to write under /var finds room.
mount -t tmpfs -o size=1m tmpfs /mnt
mkdir /mnt/upper /mnt/work
mount -t overlay -o lowerdir=/var,upperdir=/mnt/upper,workdir=/mnt/work overlay /var
head -c 2000000 /dev/zero >/var/fill 2>/dev/null || true
