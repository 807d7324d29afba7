#
# User data and what cloud-init made of it lie on the disk for as long as the instance lives. `passwords_awk` is passwords.awk. Prints,
# tab separated, and never a password:
#   looked PATH
#   secret PATH LINE WHAT      WHAT: the key or the command that sets a password there
#   unseen WHY
for tool in awk find head tr wc; do
    command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 127; }
done
set -f
newline='
'
folders=''
for folder in /var/lib/cloud /run/cloud-init; do if [ -d "$folder" ]; then folders="$folders $folder"; fi; done
if [ -z "$folders" ]; then exit 0; fi
# shellcheck disable=SC2086 # a list of folders; /var/lib/cloud/instance is a link to one below instances
files=$(find $folders -type f ! -path "*$newline*" \( -name 'user-data*' -o -name 'vendor-data*' -o -name '*cloud-config.txt' \
    -o -name obj.pkl -o -path '*/scripts/*' \)) || exit
if [ "$(printf '%s\n' "$files" | wc -l)" -gt 500 ]; then printf 'unseen\tonly 500 files of cloud-init were looked at\n'; fi
IFS=$newline
for file in $(printf '%s\n' "$files" | head -n 500); do
    # shellcheck disable=SC2020 # each of two characters becomes the end of a line
    if [ -n "$(find "$file" -size +3906)" ]; then
        printf 'unseen\t%s is longer than 2 MB\n' "$file"
    elif text=$(tr '\000\r' '\n\n' <"$file"); then
        printf 'looked\t%s\n' "$file"
        printf '%s\n' "$text" | awk -v path="$file" "$passwords_awk" || printf 'unseen\t%s cannot be read\n' "$file"
    else
        printf 'unseen\t%s cannot be read\n' "$file"
    fi
done
exit 0
