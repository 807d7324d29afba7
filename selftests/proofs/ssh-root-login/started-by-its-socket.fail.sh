# hosts: debian13 debian11 debian12
# profile: alliance
# systemd holds the port and starts sshd on demand, with an argument of its own (thread 46, lynis #629).
echo 'SSHD_OPTS="-o PermitRootLogin=yes"' >/etc/default/ssh
systemctl disable --quiet --now ssh.service
systemctl enable --quiet --now ssh.socket
# Debian 11's sshd says nothing without /run/sshd, which is there for whoever comes in by that socket, as audits do, and goes when
# somebody leaves. Our log-in is older than the socket, so here somebody else stays, and comes again when another one has left.
systemd-run --quiet --unit=visitor bash -c 'while :; do
    exec {visit}<>/dev/tcp/127.0.0.1/22
    until [ -d /run/sshd ]; do sleep 0.05; done
    while [ -d /run/sshd ]; do sleep 0.05; done
done'
until [ -d /run/sshd ]; do sleep 0.1; done
