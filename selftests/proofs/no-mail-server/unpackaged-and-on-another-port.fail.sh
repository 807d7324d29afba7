# hosts: debian12
# profile: alliance
# No package knows of it and no usual port is in use: only the program tells.
/usr/local/lib/lab/install exim4-daemon-light
mkdir /opt/mail
cp /usr/sbin/exim4 /opt/mail/exim4
apt-get -q -y purge exim4-daemon-light exim4-base exim4-config
echo log_file_path = syslog >/opt/mail/exim.conf
systemd-run --quiet --unit=relay /opt/mail/exim4 -C /opt/mail/exim.conf -bdf -oX 2525
# It asks for its own name first, which no server answers here.
until ss -ltn | grep -q :2525; do sleep 0.2; done
