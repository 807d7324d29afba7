# ask cloud-init's files how far the first boot came
#
# `cloud-init status` says the same from the same files, in a second and a half. Prints:
#   present | absent                  whether cloud-init is, or was, here
#   disabled                          it is told not to run
#   finished                          some boot came to its end
#   default-user NAME                 whom it makes the default account, one line for each file that says so, in cloud-init's order
#   status, and what status.json says
for tool in awk cat; do command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
state=/var/lib/cloud
if ! command -v cloud-init >/dev/null && [ ! -e $state ] && [ ! -e /run/cloud-init/status.json ]; then
    echo absent
    exit
fi
echo present
if [ -e /etc/cloud/cloud-init.disabled ] || [ -e /run/cloud-init/disabled ]; then echo disabled; fi
if [ -e $state/instance/boot-finished ]; then echo finished; fi
for file in /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg; do
    [ -f "$file" ] || continue
    awk '
        /^[ \t]*#/ { next }
        match($0, /^[ \t]*default_user:/) { block = match($0, /[^ \t]/); next }
        block && NF && match($0, /[^ \t]/) <= block { block = 0 }
        block && $1 == "name:" { gsub(/["\047]/, "", $2); print "default-user " $2; exit }' "$file" || exit
done
for file in /run/cloud-init/status.json $state/data/status.json; do
    if [ -e "$file" ]; then
        echo status
        cat "$file" || exit
        break
    fi
done
