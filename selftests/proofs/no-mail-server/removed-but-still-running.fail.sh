# hosts: debian13
# profile: alliance
# Its package is gone; the process that was running stayed, and goes on taking mail.
/usr/local/lib/lab/install postfix
apt-get -q -y remove postfix
ss -ltn | grep -q :25
