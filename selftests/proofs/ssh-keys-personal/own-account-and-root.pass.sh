# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# One person, who comes from two machines, and uses the key for root as well.
key=$(cut -d ' ' -f 1,2 /home/admin/.ssh/authorized_keys)
printf '%s ann@laptop\n' "$key" >/home/admin/.ssh/authorized_keys
printf '%s ann@work\n' "$key" >/root/.ssh/authorized_keys
