# hosts: debian11 debian12 debian13 ubuntu2404
# profile: alliance
# The files are new on this disk, the lists are not: the last attempt to refresh them was made before the image was packed.
touch -d '9 days ago' /var/lib/apt/lists/partial
