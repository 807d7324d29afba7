"""How systemd's services ended when they last ran."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.probes.probe import Probe, Reading

# What systemd itself says when a service ends, by the ids of its messages, which are the same in every language:
# "Deactivated successfully", "Failed with result", "Failed to start". That it skipped a service, as its conditions did not hold, it
# only keeps in mind; those services do not run, and so are left out without --all.
RESULTS = r"""
# ask systemd and the journal how services ended last
systemctl show --property=Id,Result '*.service' || exit
echo
booted=$(sed -n 's/^btime //p' /proc/stat)
{
    systemctl show --all --property=Id,ConditionResult,ConditionTimestampMonotonic '*.service'
    echo
} | awk -F= -v booted="$booted" '
    { value[$1] = $2 }
    $1 == "" && value["ConditionResult"] == "no" && value["ConditionTimestampMonotonic"] > 0 {
        printf "ended|%s|skipped|%.0f\n", value["Id"], booted * 1000000 + value["ConditionTimestampMonotonic"]
    }
    $1 == "" { split("", value) }
' | grep -E '^ended\|[A-Za-z0-9:_.@\-]+\|' | sort
command -v journalctl >/dev/null || exit 0
ended=MESSAGE_ID=7ad2d189f7e94e70a38c781354912448
failed='MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c MESSAGE_ID=be02cf6855d2428ba40df7e9d022f03d'
journalctl -q --no-pager --since=-100d -o json --output-fields=UNIT,MESSAGE_ID _PID=1 $ended $failed | awk '
    function value(name) {
        if (!match($0, "\"" name "\" *: *\"[A-Za-z0-9:_.@\\\\-]+\"")) return ""
        split(substr($0, RSTART, RLENGTH), part, "\"")
        return part[4]
    }
    { last[value("UNIT") "|" (value("MESSAGE_ID") ~ /^7ad2/ ? "well" : "badly")] = value("__REALTIME_TIMESTAMP") }
    END { for (each in last) print "ended|" each "|" last[each] }
' | sort
exit 0
"""


@dataclass(frozen=True)
class UnitResult:
    """How one service ended. result: systemd's word for the last run since the boot, "success" also before the first one.

    well, badly: when it last ended so by the journal. skipped: when its conditions last kept it from starting since the boot. In
    seconds since 1970; None where nothing says so.
    """

    result: str = ""
    well: float | None = None
    badly: float | None = None
    skipped: float | None = None

    @property
    def failure(self) -> str:
        """What went wrong with its last run, to stand after its name; "" when nothing is known to."""
        if self.result not in ("", "success") or (self.badly or 0) > (self.well or 0):
            return "failed"
        return "was skipped, because its conditions did not hold" if (self.skipped or 0) > (self.well or 0) else ""


def read_results(answer: Answer) -> dict[str, UnitResult]:
    """Unit -> how it ended; those that are loaded or that the journal tells of."""
    blocks = (dict(line.split("=", 1) for line in block.split("\n") if "=" in line) for block in answer.stdout.split("\n\n"))
    results = {block["Id"]: block["Result"] for block in blocks if "Id" in block and "Result" in block}
    ended = re.findall(r"^ended\|([^|\n]+)\|(well|badly|skipped)\|(\d{1,20})$", answer.stdout, re.MULTILINE)
    times = {(unit, how): int(microseconds) / 1e6 for unit, how, microseconds in ended}
    return {
        unit: UnitResult(results.get(unit, ""), *(times.get((unit, how)) for how in ("well", "badly", "skipped")))
        for unit in sorted(results.keys() | {unit for unit, _ in times})
    }


class UnitResults(Probe):
    """How each service ended when it last ran.

    Example: units["backup.service"] == UnitResult("success", 1795714314.1, None)
    Blind spots: a service that hides the failure of its command (`ExecStart=-...`, `|| true`); what an older journal than 100
    days, or one that is not kept over a restart, has lost.
    """

    units = Reading(RESULTS, read_results, root=True, seconds=60, slow=True, shows=lambda answer: "")

    def of(self, unit: str) -> UnitResult:
        """How a unit ended; it becomes evidence."""
        result = self.units.get(unit, UnitResult())
        self.cite(f"how {unit} ended", str(result))
        return result
