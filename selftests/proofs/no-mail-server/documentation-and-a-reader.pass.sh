# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# Packages whose names begin like a server's but hold manuals or a program for reading mail.
for name in postfix-doc exim4-doc-html dovecot-doc bsd-mailx cyrus-sasl-lib; do
    mkdir -p /root/deb/DEBIAN
    printf 'Package: %s\nVersion: 1\nArchitecture: all\nMaintainer: lab <lab@localhost>\nDescription: stand-in\n' $name >/root/deb/DEBIAN/control
    dpkg-deb -b /root/deb /root/stand-in.deb
    dpkg -i /root/stand-in.deb
done
