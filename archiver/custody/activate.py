"""Puts another version of the retention rules in force. Until then the files are a proposal.

What a version lengthens counts at once. What it would shorten waits for two people: the record
keeps the contexts it has lived under, and the longest of them counts.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.catalogue import contexts, keepings, queue, rule_sets
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, DeclarationError
from archiver.core.model import CustomerId
from archiver.custody.person import require
from archiver.custody.ripple import void
from archiver.custody.rules import in_force_or_first
from archiver.custody.stamp import stamp, today
from archiver.custody.standing import Facts
from archiver.declarations.codes import PARTIES
from archiver.declarations.retention import INVALID, RuleSet, read_rule_sets
from archiver.declarations.sentences import sentence
from archiver.declarations.toml import ONE_EACH
from archiver.judge.evaluate import Answer
from archiver.judge.preview import Change, Effect, Preview
from archiver.judge.proofs import never_dated, run_proofs
from archiver.vault.vault import Vault

Counts = Counter[Effect]


@dataclass(frozen=True, slots=True)
class Activated:
    """What an activation did.

    Attributes:
        before: content hash of the version that was in force.
        rules: of the one that is now; the same when there was nothing to do.
        counts: how many records it changed, and how.
    """

    before: str
    rules: str
    counts: Counts


def proposed(vault: Vault) -> RuleSet:
    """The rules in the vault's files, with all that may be asked of them before they count.

    Raises:
        DeclarationError: a file cannot be followed, a category is not declared, a proof does not
            hold, or some papers would wait for ever; what is in force stays so. Its code tells
            whether a period is below its floor or something else is wrong.
    """
    folder, known = vault.layout.rules / "retention", vault.categories.by_code
    rules = read_rule_sets(folder, known)
    vault.declared(rules)
    faults = (*run_proofs(rules), *never_dated(rules, dict.fromkeys(PARTIES, known)))
    if faults:
        raise DeclarationError(
            N_("{file}: {problems}"),
            code=INVALID,
            hint=N_("mend the file, then run the command again"),
            file=folder,
            problems=ONE_EACH.join(map(sentence, faults)),
        )
    return rules


def preview(vault: Vault, tx: Connection, rules: RuleSet) -> Iterator[Change]:
    """What `rules` would change today about the records they say something else of, by document."""
    facts = Facts(vault, tx, today(vault, tx))
    found = Preview(rules, facts.given)
    yield from filter(None, map(found.change, facts.records()))


def activate(vault: Vault, rules: RuleSet) -> Activated:
    """Put `rules` in force, all or nothing; the same version again is harmless.

    Approvals and reviews of what may not go any more are void. The index is told of the customers
    of whom some paper has another day now.

    Args:
        vault: the open vault.
        rules: a sound version; see `proposed`.

    Raises:
        Refused: who acts has no role for it.
    """
    with vault.catalogue.write() as tx:
        require(vault, tx, "rules_activate")
        when = stamp(vault, tx)
        before = in_force_or_first(vault, tx, when)
        counts: Counts = Counter()
        if before == rules:
            return Activated(before.content_hash, before.content_hash, counts)
        moved: set[CustomerId] = set()
        for one in preview(vault, tx, rules):
            counts.update(one.effects)
            if _shown(one.before) != _shown(one.after):
                moved |= one.record.customers
        contexts.follow_rules(tx, rules.content_hash)
        counted = {effect.value: counts[effect] for effect in Effect}
        rule_sets.activate(tx, when, rules.content_hash, rules.text(), **counted)
        void(vault, tx, when, keepings.on_the_way(tx))
        for customer in sorted(moved):
            queue.push_customer(tx, customer)
    return Activated(before.content_hash, rules.content_hash, counts)


def _shown(answer: Answer) -> tuple[object, ...]:
    """What derived files hold of an answer."""
    return answer.permanent, answer.due_date
