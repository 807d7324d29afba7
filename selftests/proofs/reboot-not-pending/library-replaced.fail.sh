# hosts: debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# A library was updated, and cron still runs the old one; no file says so.
cron=$(pgrep -o cron)
library=$(grep -oE '/.*/libc[.-][^ ]*so[^ ]*' "/proc/$cron/maps" | head -n 1)
cp -p "$library" "$library.new"
mv "$library.new" "$library"
grep -q "$library (deleted)" "/proc/$cron/maps"
