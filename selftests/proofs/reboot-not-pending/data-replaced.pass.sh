# hosts: debian12 fedora
# profile: alliance
# A service still reads an old data file, which does no harm.
echo data >/usr/lib/lab-data
systemd-run --quiet --unit=reader /usr/bin/python3 -c 'import mmap, time
file = open("/usr/lib/lab-data")
data = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
time.sleep(10000)'
sleep 1
rm /usr/lib/lab-data
grep -q 'lab-data (deleted)' "/proc/$(systemctl show -P MainPID reader)/maps"
