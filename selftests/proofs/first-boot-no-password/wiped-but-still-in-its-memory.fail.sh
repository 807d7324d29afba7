# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Somebody took the user data away; cloud-init keeps a copy among its own objects.
mkdir -p /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
python3 - <<'END'
import pickle
data = {'userdata_raw': b'#cloud-config\npassword: correct-horse\n', 'vendordata_raw': None}
pickle.dump(data, open('/var/lib/cloud/instances/iid-1/obj.pkl', 'wb'))
END
: >/var/lib/cloud/instances/iid-1/user-data.txt
