# hosts: debian12
# profile: alliance
# A setting makes apt read its sources from where we do not look.
mkdir -p /srv/sources
echo 'Dir::Etc::SourceParts "/srv/sources";' >/etc/apt/apt.conf.d/99ci
