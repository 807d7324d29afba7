# hosts: debian12 debian13
# profile: alliance
# The source names a file, and the file the host; Debian's cloud images do it like this.
mkdir -p /etc/apt/mirrors
printf 'https://deb.debian.org/debian\nhttps://packages.example.org/debian\tpriority:2\n' >/etc/apt/mirrors/debian.list
echo 'deb mirror+file:/etc/apt/mirrors/debian.list stable main' >>/etc/apt/sources.list
