"""Who can reach the services of the machine?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation

NOSQL = (
    *("mongodb", "redis", "cassandra", "couchdb", "elasticsearch", "memcached", "etcd", "zookeeper", "consul", "neo4j", "influxdb"),
    *("rethinkdb", "riak", "arangodb", "couchbase", "hbase", "solr", "aerospike", "dynamodb"),
)
WEB_SERVERS = ("apache", "nginx", "web")
NAMED = ("ssh", "rdp", "mysql", "vnc", "postgresql", *NOSQL, "tomcat", *WEB_SERVERS)


def keep_private(exposed):
    """Fail for what everybody reaches; without any, it has to be known that there is none."""
    if exposed.unclear and not exposed.open:
        cannot_tell("; ".join(exposed.unclear))
    assert not exposed.open, f"everybody can reach {'; '.join(exposed.open)}"


@recommendation("ssh-not-public")
def test_ssh_is_not_public(host, required):
    keep_private(host.exposure.of(["ssh"], required.public_ports))


@recommendation("rdp-not-public")
def test_rdp_is_not_public(host, required):
    keep_private(host.exposure.of(["rdp"], required.public_ports))


@recommendation("mysql-not-public")
def test_mysql_is_not_public(host, required):
    keep_private(host.exposure.of(["mysql"], required.public_ports))


@recommendation("vnc-not-public")
def test_vnc_is_not_public(host, required):
    keep_private(host.exposure.of(["vnc"], required.public_ports))


@recommendation("postgresql-not-public")
def test_postgresql_is_not_public(host, required):
    keep_private(host.exposure.of(["postgresql"], required.public_ports))


@recommendation("nosql-not-public")
def test_nosql_is_not_public(host, required):
    keep_private(host.exposure.of(NOSQL, required.public_ports))


@recommendation("tomcat-not-public")
def test_tomcat_is_not_public(host, required):
    keep_private(host.exposure.of(["tomcat"], required.public_ports))


@recommendation("web-servers-public-where-declared")
def test_web_servers_are_public_only_where_declared(host, required):
    keep_private(host.exposure.of(WEB_SERVERS, required.public_ports))


@recommendation("no-undeclared-service-public")
def test_no_other_service_is_public_undeclared(host, required):
    host.exposure.show_table(required.public_ports)
    keep_private(host.exposure.of_others(NAMED, required.public_ports))
