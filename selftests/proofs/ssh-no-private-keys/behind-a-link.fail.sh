# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# The folder is a link to a data disk, as on IBM's servers, and the key one to yet another folder.
mkdir -p /data/keys
mv /root/.ssh /data/.ssh
ln -s /data/.ssh /root/.ssh
ssh-keygen -q -t ecdsa -N '' -f /data/keys/one
ln -s /data/keys/one /root/.ssh/id_ecdsa
