# hosts: debian12 debian11 debian13
# profile: alliance
# session: kept
# The files are not empty, but no line is a key that sshd accepts.
cat >/tmp/keys <<'END'
# ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExpuJ3JjaPwsDO3yYiNsVRo9MbORRcuHTrcunIP3uIe commented out
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExpuJ3 cut off
expiry-time="20200101" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExpuJ3JjaPwsDO3yYiNsVRo9MbORRcuHTrcunIP3uIe expired
END
for home in /root /home/admin /home/plain; do cat /tmp/keys >$home/.ssh/authorized_keys; done
