# hosts: fedora centos
# profile: alliance
# dnf does not offer what is excluded, nor lists its advisories.
/usr/local/lib/lab/offer-update bash security
echo 'excludepkgs=bash' >>/etc/dnf/dnf.conf
[ -z "$(dnf -C -q updateinfo list --security)" ]
