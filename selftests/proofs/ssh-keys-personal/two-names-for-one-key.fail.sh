# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# root's account tells the key's owners apart by name, but it is the same key.
key=$(cut -d ' ' -f 1,2 /root/.ssh/authorized_keys)
printf '%s alice@laptop\nno-pty %s bob@desk\n' "$key" "$key" >/root/.ssh/authorized_keys
