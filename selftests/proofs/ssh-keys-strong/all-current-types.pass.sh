# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A security key, ECDSA, RSA of the length that is asked for, and options.
cd /root/.ssh
ssh-keygen -q -t ecdsa -N '' -C me@desk -f one
ssh-keygen -q -t rsa -b 2048 -N '' -C me@desk -f two
cat one.pub two.pub >>authorized_keys
rm one one.pub two two.pub
echo 'restrict,pty sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIGIcUwwckqHFKOxkszILyCGDzeBKCdTNTpdVYMTA4hQ/AAAABHNzaDo= me@desk' >>authorized_keys
