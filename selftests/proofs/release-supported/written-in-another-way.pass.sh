# hosts: debian12
# profile: alliance
# Single quotes, comments and a line that is no assignment.
rm /etc/os-release
printf '%s\n' '# VERSION_ID=10' "ID='debian'" 'what is this' "VERSION_ID='12'" 'NAME=Debian' 'PRETTY_NAME="Deb\"ian\""' >/etc/os-release
