# hosts: debian13 debian11 debian12
# profile: alliance
# Where no program may run in folders for temporary files, checks that write scripts there said nothing, and that passed for fine
# (thread 56, openscap #2243, CaC PR #14767). That other verdicts stay the same: selftests/hostile.
mount -o remount,noexec,nosuid,nodev /tmp
mount -t tmpfs -o noexec,nosuid,nodev tmpfs /var/tmp
mount -o remount,noexec,nosuid,nodev /dev/shm
sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' /etc/ssh/sshd_config.d/10-keys-only.conf
systemctl reload ssh
