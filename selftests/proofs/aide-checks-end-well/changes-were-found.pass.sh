# hosts: debian12 debian11 debian13 fedora centos
# profile: ibm-hpvs
# Every upgrade brings changes. The check tells of them with status 4 or more, and that is no error.
echo '# a new comment' >>/etc/ssh/sshd_config
echo new >/etc/ERROR
sh -c "$(sed -n 's|^\*/5.* root /|/|p' /etc/cron.d/aide-check)" || true
