# hosts: debian12 debian11 debian13
# profile: alliance
# The key is in the second file, behind options that need quotes.
for home in /root /home/admin; do
    printf 'from="10.99.0.1,fd99::1",environment="NOTE=a \\"quoted\\" #word" %s\n' "$(cat $home/.ssh/authorized_keys)" >$home/.ssh/authorized_keys2
    chmod 600 $home/.ssh/authorized_keys2
    chown --reference=$home $home/.ssh/authorized_keys2
    rm $home/.ssh/authorized_keys
done
rm -r /home/plain/.ssh
