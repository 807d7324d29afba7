# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404
# profile: alliance
# reason: none of this host's sources
# The host was upgraded to this release, and its settings still name the archives of the one before.
cat >/etc/apt/apt.conf.d/99local <<'END'
#clear Unattended-Upgrade::Allowed-Origins;
#clear Unattended-Upgrade::Origins-Pattern;
Unattended-Upgrade::Allowed-Origins { "Ubuntu:focal"; "Ubuntu:focal-security"; "Debian:buster"; };
END
