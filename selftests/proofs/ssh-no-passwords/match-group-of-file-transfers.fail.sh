# hosts: debian12 debian11 debian13
# profile: alliance
# Accounts for file transfers have no shell and still log in: sshd starts its own sftp server for them.
groupadd transfers
useradd --create-home --shell /usr/sbin/nologin --groups transfers upload
cat >>/etc/ssh/sshd_config <<'END'

Match Group transfers
    ForceCommand internal-sftp
    PasswordAuthentication yes
END
systemctl reload ssh
