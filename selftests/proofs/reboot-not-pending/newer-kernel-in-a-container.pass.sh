# hosts: debian12 fedora
# profile: alliance
# A container does not choose its kernel; what lies in its /boot was never meant to run.
running=$(uname -r)
: >"/boot/vmlinuz-100.0.0-${running#*-}"
