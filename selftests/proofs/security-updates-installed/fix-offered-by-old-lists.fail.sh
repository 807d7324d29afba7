# hosts: debian12
# profile: alliance
# Old lists prove nothing when they are silent; what they do know stays true.
/usr/local/lib/lab/offer-update bash security
touch -d '30 days ago' /var/lib/apt/lists/partial
