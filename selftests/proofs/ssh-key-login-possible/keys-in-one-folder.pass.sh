# hosts: debian12 debian11 debian13
# profile: alliance
# The homes hold no keys; they are kept in one folder for all, as some images do.
mkdir /etc/ssh/keys
cp /root/.ssh/authorized_keys /etc/ssh/keys/root
rm -r /root/.ssh /home/admin/.ssh /home/plain/.ssh
echo 'AuthorizedKeysFile /etc/ssh/keys/%u' >/etc/ssh/sshd_config.d/05-elsewhere.conf
systemctl reload ssh
