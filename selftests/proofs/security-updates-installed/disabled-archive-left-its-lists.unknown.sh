# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# The security archive is switched off. Its lists lie there until the next refresh and know of nothing missing, as they always will.
sed -i '/-security /s/^/# /' /etc/apt/sources.list
ls /var/lib/apt/lists/*-security_main_binary-*_Packages
