"""What page and workbook have in common: the headline numbers and every listing."""

from collections.abc import Mapping

from archiver.report import doings, register_lists, tables
from archiver.report.listing import Listing
from archiver.report.lists import Lists, exceptions, waiting
from archiver.report.values import Values
from archiver.report.wording import category_name, group


def headline(values: Values) -> Mapping[str, int]:
    """The numbers of the summary."""
    groups = [group(one) for one in values.papers]
    return {
        "papers": len(values.papers),
        "bytes": sum(one.size for one in values.papers),
        "due": groups.count("due"),
        "permanent": groups.count("permanent"),
        "exceptions": len(exceptions(values)),
        "review": len(waiting(values)),
        "quarantined": sum(one.there for one in values.quarantine),
        "damage": len(values.inspection.faults),
        "received": values.account.received,
        "findings": len(values.findings),
    }


def listings(values: Values) -> Mapping[str, Listing]:
    """Every table of the report by its key, in the order of its sections."""
    lists = Lists(values)
    labels = {one.code: category_name(one, values.cover.lang) for one in values.categories}
    found = (
        tables.balance_sheet(values),
        tables.account_sheet(values),
        tables.found(values),
        tables.by_category(values),
        tables.by_customer(values),
        tables.by_year(values),
        lists.permanent(),
        lists.holds(),
        lists.due(),
        lists.coming(),
        lists.exceptions(),
        lists.review(),
        lists.quarantine(),
        register_lists.destroyed(values.disposal.done, labels),
        register_lists.withheld(values.disposal.done, labels),
        register_lists.came_late(values.disposal.done),
        doings.under_way(values),
        doings.requests(values),
        tables.faults(values),
        tables.account_days(values),
        tables.rules(values),
        doings.rule_changes(values),
        lists.papers(),
    )
    return {one.key: one for one in found}
