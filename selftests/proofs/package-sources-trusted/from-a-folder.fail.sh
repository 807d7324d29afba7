# hosts: debian12
# profile: alliance
# A folder on the host, in which whoever fills it decides.
echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] file:/srv/packages ./' >>/etc/apt/sources.list
