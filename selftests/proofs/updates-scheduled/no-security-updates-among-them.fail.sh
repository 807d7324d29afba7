# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# reason: takes nothing from .*security
# The archive that brings security updates is none of those that unattended-upgrades takes packages from.
cat >/etc/apt/apt.conf.d/99local <<'END'
#clear Unattended-Upgrade::Allowed-Origins;
#clear Unattended-Upgrade::Origins-Pattern;
Unattended-Upgrade::Origins-Pattern { "origin=${distro_id},codename=${distro_codename},archive=*stable"; "a=jammy"; "a=noble"; };
END
