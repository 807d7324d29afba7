"""The pytest hooks, in the order of a run: options, inventory, tests per host, connection, verdict, results, reports."""

from __future__ import annotations

import gc
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from xdist.workermanage import parse_tx_spec_config

from hostproof.audit import Audit, own_test, record_of, selection_from
from hostproof.controller import Controller
from hostproof.errors import CannotTell, HostproofError, UsageError
from hostproof.gathering import AHEAD, share
from hostproof.host import AuditedHost
from hostproof.inventory import HostDescription, Selection
from hostproof.learning import learned_key, recall
from hostproof.looking import LookingFromOutside
from hostproof.manifest import Manifest
from hostproof.outside import Lookout, add_options, order_from
from hostproof.plain import PlainTests
from hostproof.profiles import Required
from hostproof.resume import Resumed, resume
from hostproof.scheduling import HostScheduling, host_finder
from hostproof.sharding import Shard, shard_from
from hostproof.statements import Statement
from hostproof.text import how_many
from hostproof.verdict import Verdict, judge
from hostproof.visiting import Visiting, host_name, test_name

MANY = 1000  # tests from which on it is worth a look for what Python can free

audit_key = pytest.StashKey[Audit]()
run_key = pytest.StashKey[str]()
connections_key = pytest.StashKey[int]()
lookout_key = pytest.StashKey[Lookout]()
visiting_key = pytest.StashKey[Visiting]()
tests_key = pytest.StashKey[dict[str, list[pytest.Item]]]()
asserted_key = pytest.StashKey[int]()
ends_host_key = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hostproof", "hostproof: which hosts, judged by what (see also testinfra's --hosts)")
    group.addoption("--limit", metavar="PATTERN", help="only these of the hosts; Ansible's patterns: web*:&prod:!web3")
    group.addoption("--profile", metavar="NAME", help="judge every host by profiles/NAME.yml, whatever the inventory says")
    group.addoption("--recommendations", metavar="ID,ID", help="judge only these recommendations")
    group.addoption("--reports", metavar="FOLDER", help="where reports go (default: reports, a shard's: reports/shard-K)")
    group.addoption("--shard", metavar="K/N", help="judge only share K of N of the hosts; `hostproof merge` joins the reports")
    group.addoption("--zone", metavar="NAME", help="judge only hosts whose inventory variable hostproof_zone is NAME")
    group.addoption("--run", metavar="NAME", help="a name that all shards of one run are given, such as a pipeline's number")
    group.addoption("--resume", action="store_true", help="go on with an interrupted run: judged hosts are not asked again")
    group.addoption(
        "--connect-timeout", metavar="SECONDS", type=int, default=10, help="wait for a host's SSH port (default: 10)"
    )
    group.addoption(
        "--max-connections", metavar="N", type=int, default=32, help="ask that many hosts at the same time (default: 32)"
    )
    group.addoption("--no-batch", action="store_true", help="ask each question alone: slower, and the same verdicts")
    add_options(group)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "recommendation(id): the recommendation that this test judges")
    from_controller = getattr(config, "workerinput", {}).get("hostproof")
    try:
        selection = _handed_over(from_controller) if from_controller else selection_from(vars(config.option), config.rootpath)
        only = _words(config.option.recommendations)
        shard = shard_from(config.option.shard, config.option.zone)
        config.stash[connections_key] = _at_least_one(config, "max_connections")
        audit = Audit(
            config.rootpath,
            selection,
            config.option.profile,
            only,
            connect_timeout=_at_least_one(config, "connect_timeout"),
            batch=not config.option.no_batch,
        )
    except UsageError as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[audit_key] = audit
    provided = {"host": _host, "required": _required, "statement": _statement_alone}
    config.pluginmanager.register(PlainTests(provided), "hostproof-plain")
    if from_controller:
        config.stash[run_key] = from_controller["run"]
        config.stash[lookout_key] = Lookout.from_json(from_controller["lookout"])
        return
    resumed = _resumed(config, audit, shard)
    config.stash[run_key] = resumed.manifest.run
    audit.leave(set(resumed.manifest.own_hosts()) - resumed.hosts)
    try:
        looking = LookingFromOutside(order_from(vars(config.option), config.rootpath), audit, config.option.collectonly)
    except UsageError as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[lookout_key] = looking.lookout
    config.pluginmanager.register(looking, "hostproof-looking")
    if not config.option.collectonly:
        notes = [*selection.notes, *filter(None, [resumed.note])]
        folder = _folder(config, resumed.manifest.shard)
        config.pluginmanager.register(Controller(config, audit, notes, resumed, folder), "hostproof-controller")


def pytest_sessionstart(session: pytest.Session) -> None:
    recall(session.config)


def pytest_report_header(config: pytest.Config) -> str:
    audit = config.stash[audit_key]
    profiles = ", ".join(sorted({target.profile.name for target in audit.targets.values()}))
    judged = set().union(*(target.recommendations for target in audit.targets.values()))
    return f"hostproof: {how_many(len(audit.targets), 'host')}, {how_many(len(judged), 'recommendation')}, profile {profiles}"


def pytest_configure_node(node: Any) -> None:
    """Hand the inventory, read once, to a pytest-xdist worker."""
    config = node.config
    hosts = [target.description.as_json() for target in config.stash[audit_key].targets.values()]
    lookout = config.stash[lookout_key].as_json()
    node.workerinput["hostproof"] = {"hosts": hosts, "run": config.stash[run_key], "lookout": lookout}


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> HostScheduling:
    ahead = AHEAD * share(config.stash[connections_key], len(parse_tx_spec_config(config)))
    scheduling = HostScheduling(config, log, host_finder(list(config.stash[audit_key].targets)), ahead)
    config.pluginmanager.register(scheduling, "hostproof-scheduling")
    return scheduling


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Connecting takes time in which tests can be collected, when it is plain that all hosts will be judged by this process."""
    config = session.config
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    visiting = Visiting(
        config.stash[audit_key],
        config.stash[learned_key],
        config.stash[lookout_key],
        connections=config.stash[connections_key],
        workers=workers,
    )
    config.stash[visiting_key] = visiting
    if getattr(config.option, "dist", "no") == "no" and not hasattr(config, "workerinput") and not _picks_tests(config):
        visiting.set_out()


def pytest_unconfigure(config: pytest.Config) -> None:
    if visiting := config.stash.get(visiting_key, None):
        visiting.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "host" not in metafunc.fixturenames:
        return
    audit = metafunc.config.stash[audit_key]
    mark = metafunc.definition.get_closest_marker("recommendation")
    names = audit.hosts_judged_by(mark.args[0]) if mark else list(audit.targets)
    metafunc.parametrize("host", names, ids=names, indirect=True, scope="function")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """All tests of a host stand together, so that one session serves them; tests of no host are dropped."""
    audit = config.stash[audit_key]
    by_host: dict[str, list[pytest.Item]] = {name: [] for name in audit.targets}
    hostless = []
    for item in items:
        mark = item.get_closest_marker("recommendation")
        if mark and mark.args[0] not in audit.catalogue.recommendations:
            raise pytest.UsageError(f"{item.nodeid} is marked {mark.args[0]}, which no recommendations.yml describes")
        parameters = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        if "host" not in parameters:
            hostless.append(item)
        elif parameters["host"] in by_host:
            by_host[parameters["host"]].append(item)
    config.stash[tests_key] = by_host
    items[:] = [*(item for tests in by_host.values() for item in tests), *hostless]
    # All of that stays to the end: Python need not look through it again and again for what it can free.
    if len(items) >= MANY:
        gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    config = session.config
    if tests_key not in config.stash or config.option.collectonly:  # the controller of workers has no tests of its own
        return (yield)
    visiting = config.stash[visiting_key]
    try:
        visiting.begin(session, config.stash[tests_key])
        return (yield)
    finally:
        visiting.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    visiting = item.config.stash[visiting_key]
    visiting.runs(item)
    item.stash[ends_host_key] = nextitem is None or host_name(nextitem) != host_name(item)
    result = yield
    if item.stash[ends_host_key]:
        visiting.leave()
    return result


@pytest.fixture
def host(request: pytest.FixtureRequest) -> AuditedHost:
    """The host under test: testinfra's Host, with the probes of hostproof/probes as further attributes."""
    return _host(request.node)


@pytest.fixture
def required(request: pytest.FixtureRequest, host: AuditedHost) -> Required:
    """The values that the host's profile requires, as attributes."""
    return _required(request.node)


@pytest.fixture
def statement(request: pytest.FixtureRequest, host: AuditedHost) -> Statement:
    """What the inventory states about the recommendation that the test judges, details as attributes."""
    return _statement(request.node, host)


def pytest_assertion_pass(item: pytest.Item) -> None:
    item.stash[asserted_key] = item.stash.get(asserted_key, 0) + 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if host_name(item) and (call.when == "call" or (call.when == "setup" and call.excinfo)):
        _put_verdict(report, item, call)
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    record = getattr(report, "hostproof_record", None)
    if record is None:
        return None
    category = {Verdict.PASS: "passed", Verdict.FAIL: "failed", Verdict.NOT_APPLICABLE: "not applicable"}
    return category.get(record["verdict"], "unknown"), "", record["verdict"].upper()


def _host(item: pytest.Item) -> AuditedHost:
    visit = item.config.stash[visiting_key].visit(host_name(item))
    visit.host.start_test()
    return visit.host


def _required(item: pytest.Item) -> Required:
    return item.config.stash[audit_key].targets[host_name(item)].required


def _statement_alone(item: pytest.Item) -> Statement:
    return _statement(item, _host(item))


def _statement(item: pytest.Item, host: AuditedHost) -> Statement:
    audit = item.config.stash[audit_key]
    mark = item.get_closest_marker("recommendation")
    rec = audit.catalogue.recommendations[mark.args[0]] if mark else None
    if rec is None or rec.statement is None:
        raise CannotTell("the test asks for a statement, and its recommendation's entry has no field `statement`")
    return Statement(rec, audit.targets[host.name].stated.get(rec.id), host.evidence.cite)


def _put_verdict(report: pytest.TestReport, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    visit = item.config.stash[visiting_key].visit(host_name(item))
    error = call.excinfo.value if call.excinfo else None
    try:
        visit.check_reached()
    except HostproofError as unreachable:
        error = unreachable
    judged = judge(error, item.stash.get(asserted_key, 0), item.config.rootpath / "tests")
    mark = item.get_closest_marker("recommendation")
    known = item.config.stash[audit_key].catalogue.recommendations
    rec = known[mark.args[0]] if mark else own_test(item)
    record = record_of(visit, rec, judged, call.duration, item.config.stash[run_key], _tests_of_its_host(item))
    vars(report).update(hostproof_record=record, hostproof_ends_host=item.stash[ends_host_key])
    if looks := visit.host.looks:
        vars(report)["hostproof_looks"] = looks
        item.config.stash[learned_key].note(test_name(item), record["host"], looks)
    if judged.verdict == Verdict.PASS:
        report.outcome, report.longrepr = "passed", None
    elif judged.verdict == Verdict.NOT_APPLICABLE:
        report.outcome, report.longrepr = "skipped", (str(item.path), 0, judged.reason)
    else:  # for pytest, unknown has failed: it must never look like a pass
        report.outcome, report.longrepr = "failed", judged.reason


def _picks_tests(config: pytest.Config) -> bool:
    """Whether options may leave a host without tests."""
    picking = ("collectonly", "keyword", "markexpr", "deselect", "lf", "stepwise")
    return any(getattr(config.option, name, None) for name in picking) or any("::" in argument for argument in config.args)


def _at_least_one(config: pytest.Config, option: str) -> int:
    number: int = getattr(config.option, option)
    if number < 1:
        raise UsageError(f"--{option.replace('_', '-')}={number}: give a number from 1 on")
    return number


def _resumed(config: pytest.Config, audit: Audit, shard: Shard) -> Resumed:
    """The run that begins now, or the earlier one that goes on."""
    try:
        manifest = Manifest.of(audit.targets.values(), audit.catalogue, shard, config.option.run)
        if shard.zone not in (None, *(host.zone for host in manifest.hosts.values())):
            raise UsageError(f"--zone={shard.zone}: none of the selected hosts is in it (inventory variable hostproof_zone)")
        return resume(_folder(config, shard), manifest) if config.option.resume else Resumed(manifest, "")
    except UsageError as error:
        raise pytest.UsageError(str(error)) from None


def _folder(config: pytest.Config, shard: Shard) -> Path:
    if config.option.reports:
        return Path(config.option.reports)
    return config.rootpath / "reports" / ("" if shard.whole else shard.folder)


def _tests_of_its_host(item: pytest.Item) -> int:
    return len(item.config.stash[tests_key][host_name(item)])


def _handed_over(from_controller: dict[str, Any]) -> Selection:
    return Selection([HostDescription.from_json(host) for host in from_controller["hosts"]], [])


def _words(text: str | None) -> list[str] | None:
    return None if text is None else [word for word in (part.strip() for part in text.split(",")) if word]
