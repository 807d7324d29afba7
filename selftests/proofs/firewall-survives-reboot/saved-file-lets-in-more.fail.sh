# hosts: fedora centos debian11 debian12 debian13
# profile: alliance
# Everything looks shut today; the file that the next boot reads is open for everybody.
file=$(systemctl show --value --property=ExecStart nftables.service | sed -n 's/.*nft -f \(\/[^ ]*\) .*/\1/p')
sed -i 's/policy drop/policy accept/' "$file"
