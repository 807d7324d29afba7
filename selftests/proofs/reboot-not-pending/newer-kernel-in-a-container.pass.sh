# hosts: debian12 fedora
# profile: alliance
# A container does not choose its kernel; what lies in its /boot was never meant to run
# (thread 57, cnspec-policies #366).
running=$(uname -r)
: >"/boot/vmlinuz-100.0.0-${running#*-}"
