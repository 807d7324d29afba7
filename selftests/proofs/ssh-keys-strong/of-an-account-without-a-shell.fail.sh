# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Nobody gets a shell there, but connections can be forwarded through it.
useradd --system --create-home --home-dir /var/lib/tunnel --shell /usr/sbin/nologin tunnel
mkdir /var/lib/tunnel/.ssh
echo 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQClk/8V2qb8Z5mgQRKkartwOhKOmI3ZsAFUfLpifDCcVUEOzKMfKRA6MWJWHWcD5f7DkG6vmzjrlZy48weu10Y4b9clBUdu3l/+1QQccYgdXL0MPg/ArUz1Qyep9QP8kto4C2LAfnz70i6y59zumeAaebyFlHMziGqjVPgKZAxtCw== tunnel' >/var/lib/tunnel/.ssh/authorized_keys
