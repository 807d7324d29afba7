# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Public keys, a certificate, known hosts, text about keys; the host's own keys are no person's.
ssh-keygen -q -t ed25519 -N '' -f /root/made
mv /root/made.pub /root/.ssh/id_ed25519.pub
ssh-keygen -q -s /root/made -I me -n root /root/.ssh/id_ed25519.pub
rm /root/made
echo 'A private key begins with -----BEGIN OPENSSH PRIVATE KEY-----.' >/home/admin/notes.txt
sed 's/^/web1 /' /etc/ssh/ssh_host_ed25519_key.pub >/root/.ssh/known_hosts
