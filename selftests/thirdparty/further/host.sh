# Further sockets and units on a host that bench/thirdparty/host.sh has made.
units=/etc/systemd/system
one() { printf '%s\n' "$2" >"$units/$1"; }

one idle@.service '[Service]
ExecStart=/bin/sleep infinity
[Install]
WantedBy=multi-user.target'
one six.socket '[Socket]
ListenStream=[::]:9001
ListenDatagram=[::]:9001
BindIPv6Only=ipv6-only
Service=idle@sockets.service'
one both.socket '[Socket]
ListenStream=[::]:9003
BindIPv6Only=both
Service=idle@sockets.service'
one few.socket '[Socket]
ListenStream=192.0.2.77:9002
ListenDatagram=192.0.2.77:9002
ListenStream=/run/further.sock
ListenSequentialPacket=/run/further.seq
FreeBind=yes
Service=idle@sockets.service'
one device.socket '[Socket]
ListenStream=0.0.0.0:9004
BindToDevice=eth0
Service=idle@sockets.service'
one inner.socket '[Socket]
ListenStream=0.0.0.0:9005
BindToDevice=lo
Service=idle@sockets.service'

for name in never drawn mute quiet; do
    one "$name.service" '[Service]
ExecStart=/bin/sleep infinity'
done
printf '[Install]\nWantedBy=graphical.target\n' >>"$units/drawn.service"
one drawing.service '[Unit]
Wants=drawn.service
[Service]
ExecStart=/bin/sleep infinity
[Install]
WantedBy=multi-user.target'
mv "$units/mute.service" "$units/quiet.service" /usr/lib/systemd/system/

systemctl daemon-reload
systemctl start six.socket both.socket few.socket device.socket inner.socket never.service
systemctl enable --quiet --now idle@one.service drawing.service
systemctl mask --quiet mute.service
systemctl mask --quiet --runtime quiet.service
systemd-run --quiet --unit=passing sleep infinity
