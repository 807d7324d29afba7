# hosts: debian12
# profile: alliance
# A setting moves the lists to where we do not look.
mkdir -p /srv/lists
mv /var/lib/apt/lists/* /srv/lists/
echo 'Dir::State::lists "/srv/lists";' >/etc/apt/apt.conf.d/90lists
