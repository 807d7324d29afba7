# hosts: fedora centos
# profile: alliance
# The second address of a repository, on a line of its own.
repo=$(ls /etc/yum.repos.d/*.repo | head -n 1)
sed -i 's|^baseurl=.*|&\n    https://packages.example.org/fedora/|' "$repo"
