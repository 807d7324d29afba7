# hosts: debian12
# profile: alliance
# A frozen mirror confirms old lists every day; their own date of expiry has passed.
sed -i 's/^Valid-Until: .*/Valid-Until: Sat, 01 Aug 2026 00:00:00 UTC/' /var/lib/apt/lists/*-security_InRelease
