# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Nothing of the host's own listens at 9998, no document names it, and the input chain drops everything: but what comes for it is
# passed on into a network namespace, as docker does without its proxy. Only the rules themselves tell that it is worth a look.
/usr/local/lib/lab/container 7000 python3 -m http.server 7000
/usr/local/lib/lab/publish 9998 7000
