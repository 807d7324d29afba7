# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# The same key deploys two services, whose accounts are no persons'.
ssh-keygen -q -t ed25519 -N '' -C deploy -f /root/deploy
for service in shop blog; do
    useradd --system --create-home --home-dir /srv/$service --shell /bin/sh $service
    mkdir /srv/$service/.ssh
    cp /root/deploy.pub /srv/$service/.ssh/authorized_keys
done
rm /root/deploy /root/deploy.pub
