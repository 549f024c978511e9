"""The review of waiting papers, one screen a paper, one key an answer.

Every answer is carried out at once and stays, whatever happens next; what derives from it (index,
manifests, exported ledger) follows in batches and at the end, so that no key waits for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from archiver.catalogue import customers
from archiver.cli.amend import choose_value
from archiver.cli.choose import choose_category, choose_customer
from archiver.cli.person import Person
from archiver.cli.place import show_place
from archiver.cli.recall import own_file
from archiver.cli.sheet import HELP, Sheet, wanting
from archiver.cli.wrap import wrap
from archiver.core.errors import N_, Refused, UsageError
from archiver.core.model import CustomerId, Document
from archiver.custody.act import propose, waiting
from archiver.custody.matching import rematch
from archiver.custody.party import add, directory
from archiver.declarations.words import translate
from archiver.intake.publish import publish
from archiver.review import series
from archiver.review.correct import Correction, correct
from archiver.review.decide import assign, queue
from archiver.review.paper import Paper, look
from archiver.review.turns import Draft, Key, Newcomer, Round, Whose, key_of
from archiver.vault.vault import Vault

_BATCH = 20
"""Answers after which index and manifests follow."""
_SHOWN = 3
"""Papers that followed an answer, named one by one; beyond that they are only counted."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How a session ended.

    Attributes:
        answered: papers about which the person said something.
        followed: papers that these answers filed as well.
        waiting: papers that still wait.
    """

    answered: int
    followed: int
    waiting: int


class Desk:
    """One session of one person at the queue."""

    def __init__(self, vault: Vault, person: Person) -> None:
        self._vault = vault
        self._person = person
        self._round = Round(tuple(one.id for one in queue(vault)))
        self._everybody = directory(vault)
        self._known = self._parties()
        self._draft = Draft()
        self._notice: list[str] = []
        self._picture = own_file(vault.layout.root, ".png")
        self._series = series.proposals(vault)
        self._answered = self._followed = self._unpublished = 0
        self._acts: Mapping[Key, Callable[[Paper], None]] = {
            Key.ACCEPT: self._accept,
            Key.ENTER: self._enter,
            Key.CUSTOMER: self._customer,
            Key.CATEGORY: self._category,
            Key.JOIN: self._join,
            Key.WITHDRAW: self._withdraw,
            Key.OPEN: self._open,
            Key.PLACE: self._place,
            Key.CORRECT: self._correct,
            Key.WHY: self._why,
            Key.SKIP: self._skip,
            Key.BACK: self._back,
            Key.HELP: self._help,
        }

    def sit(self) -> Summary:
        """Show paper after paper until the last one, `q`, or the end of input."""
        try:
            while self._turn():
                pass
        except EOFError:
            self._say(N_("Nothing more is typed: the review ends here."))
        finally:
            self._picture.unlink(missing_ok=True)
            publish(self._vault)
        columns, _ = self._person.size
        told = (line for text in self._notice for line in wrap(text, columns - 1))
        self._person.screen([*told, ""])
        return Summary(self._answered, self._followed, len(queue(self._vault)))

    def _turn(self) -> bool:
        """One screen and one key; False at the end."""
        paper = self._paper()
        if paper is None:
            return False
        sheet = Sheet(self._vault.categories, self._person.size)
        notice = [*self._notice, *self._proposed(paper), *self._belongs(paper)]
        self._notice = []
        self._person.screen(sheet.lines(paper, self._draft, self._heading(paper), notice))
        key = key_of(self._person.read_key())
        if key is Key.QUIT:
            return False
        if key is None:
            self._say(N_("That key means nothing here."))
        else:
            self._acts[key](paper)
        return True

    def _paper(self) -> Paper | None:
        """The paper of this turn; those that others decided meanwhile are passed over."""
        while self._round.paper:
            paper = look(self._vault, self._everybody, self._round.paper)
            if paper:
                return paper
            self._say(N_("{document} was decided meanwhile."), document=self._round.paper)
            self._round = self._round.settle([self._round.paper])
            self._go(self._round.onward())
        return None

    def _heading(self, paper: Paper) -> str:
        told = translate(N_("Paper {at} of {count}   {document}   answered: {answered}"))
        return told.format(
            at=self._round.at + 1,
            count=len(self._round.papers),
            document=paper.document.id,
            answered=self._answered,
        )

    def _say(self, text: str, **facts: object) -> None:
        """A sentence above the next screen."""
        self._notice.append(translate(text).format(**facts))

    def _go(self, where: Round) -> None:
        """Another paper: what was said about this one is forgotten."""
        if where.at != self._round.at:
            self._draft = Draft()
        self._round = where

    def _enter(self, paper: Paper) -> None:
        """Enter says yes, but not against the paper's own words: that takes the letter."""
        if paper.contradicted and self._draft.whose is None:
            self._say(N_("The paper and its folder disagree: choose with c, or press y to insist."))
        else:
            self._accept(paper)

    def _accept(self, paper: Paper) -> None:
        """File it as the line above the keys says."""
        said = self._draft.over(paper.proposal)
        if said.complete:
            self._file(paper, said)
        else:
            self._say(wanting(said))

    def _customer(self, paper: Paper) -> None:
        """Whose it is; files the paper when nothing else is asked."""
        read = paper.name_read(self._everybody)
        whose = choose_customer(self._person, self._everybody, paper.alike, read)
        if whose:
            self._draft = Draft(whose, self._draft.category)
            self._file_if_answered(paper)

    def _category(self, paper: Paper) -> None:
        """What it is; files the paper when nothing else is asked."""
        category = choose_category(self._person, self._vault.categories)
        if category:
            self._draft = Draft(self._draft.whose, category)
            self._file_if_answered(paper)

    def _file_if_answered(self, paper: Paper) -> None:
        if paper.answers(self._draft):
            self._file(paper, self._draft.over(paper.proposal))

    def _file(self, paper: Paper, said: Draft) -> None:
        """Carry the answer out, tell where the paper is, and let others follow."""
        whose = said.whose
        if whose is None:
            return
        document = look(self._vault, self._everybody, paper.document.id)
        if document is None:
            return  # the next turn says so
        try:
            filed = assign(self._vault, document.document, self._id(whose), said.category)
        except (Refused, UsageError) as error:
            self._notice += [error.sentence(translate), error.advice(translate)]
            return
        self._answered += 1
        self._tell(paper.document, filed)
        self._follow(filed)
        self._go(self._round.onward())
        self._unpublished += 1
        if self._unpublished >= _BATCH:
            publish(self._vault)
            self._unpublished = 0

    def _id(self, whose: Whose) -> CustomerId:
        """The customer's id; a new customer becomes one now."""
        if isinstance(whose, Newcomer):
            return add(self._vault, whose.name, kind="customer", aliases=(), codes=()).id
        return whose.id

    def _tell(self, before: Document, filed: Document) -> None:
        if filed.id != before.id:
            self._say(
                N_("{document} is the same file as {other}, filed already: {path}"),
                document=before.id,
                other=filed.id,
                path=filed.path,
            )
        else:
            self._say(N_("{document} filed: {path}"), document=before.id, path=filed.path)

    def _follow(self, filed: Document) -> None:
        """Match the others again where the answer made somebody known; settle who is decided."""
        now = self._parties()
        if now != self._known:
            self._known, self._everybody = now, directory(self._vault)
            others = [one for one in rematch(self._vault) if not one.open]
            self._followed += len(others)
            for one in others[:_SHOWN]:
                self._say(N_("{document} filed too: {path}"), document=one.id, path=one.path)
            if len(others) > _SHOWN:
                self._say(N_("… and {count} more"), count=len(others) - _SHOWN)
        waiting = {one.id for one in queue(self._vault)}
        self._round = self._round.settle({*self._round.papers} - waiting)

    def _parties(self) -> tuple[object, ...]:
        """Everybody there is: as long as nothing here changes, no other paper can follow."""
        with self._vault.catalogue.read() as tx:
            return customers.all_customers(tx)

    def _photographs(self, paper: Paper) -> tuple[Document, ...]:
        """The series of photographs that a paper may be a page of."""
        mine = (one for one in self._series if paper.document.id in {page.id for page in one})
        return next(mine, ())

    def _belongs(self, paper: Paper) -> list[str]:
        """What j would do."""
        pages = self._photographs(paper)
        told = N_("{first} … {last} may be the {count} pages of one paper: j joins them.")
        names = [page.source.rsplit("/", 1)[-1] for page in pages]
        return [
            translate(told).format(first=names[0], last=names[-1], count=len(names))
            for _ in pages[:1]
        ]

    def _join(self, paper: Paper) -> None:
        """Make one document of the series; what they say together may answer everything."""
        pages = self._photographs(paper)
        if not pages:
            self._say(N_("No other photographs seem to belong to it."))
            return
        joined = series.join(self._vault, pages)
        self._answered += 1
        told = N_("{count} files are one document now: {document} {path}")
        self._say(told, count=len(pages), document=joined.id, path=joined.path)
        self._series = series.proposals(self._vault)
        self._follow(joined)
        if joined.id != paper.document.id or not joined.open:
            self._go(self._round.onward())

    def _proposed(self, paper: Paper) -> list[str]:
        """What waits for a second person to say yes."""
        with self._vault.catalogue.read() as tx:
            found = waiting(self._vault, tx, paper.document.id)
        told = N_("Proposed by {who}: it goes when a second person says yes ({act}: {reason}).")
        return [
            translate(told).format(who=one.by.login, act=one.id, reason=one.reason) for one in found
        ]

    def _withdraw(self, paper: Paper) -> None:
        """Propose to take it back, for a reason; without one nothing happens."""
        reason = self._person.ask(translate(N_("Why does it not belong here? ")))
        if not reason:
            return
        try:
            act = propose(self._vault, "withdraw", paper.document.id, reason)
        except (Refused, UsageError) as error:
            self._notice += [error.sentence(translate), error.advice(translate)]
            return
        told = N_("{subject} goes when a second person says yes: archiver act confirm {act}")
        self._say(told, subject=act.subject, act=act.id)
        self._answered += 1
        self._go(self._round.onward())

    def _open(self, paper: Paper) -> None:
        """Show the file itself."""
        self._notice += show_place(self._vault, paper.document, None, self._picture)

    def _place(self, paper: Paper) -> None:
        """Show the page on which what is asked about was read."""
        found = show_place(self._vault, paper.document, paper.place, self._picture, whole=True)
        self._notice += found

    def _correct(self, paper: Paper) -> None:
        """Give one value as it stands on the paper; that may answer everything."""
        values = choose_value(self._person, paper)
        if not values:
            return
        try:
            now = correct(self._vault, paper.document, Correction(values))
        except UsageError as error:
            self._notice += [error.sentence(translate), error.advice(translate)]
            return
        self._say(N_("Corrected."))
        if not now.open:
            self._answered += 1
            self._tell(paper.document, now)
            self._go(self._round.onward())
        self._follow(now)

    def _why(self, paper: Paper) -> None:
        sheet = Sheet(self._vault.categories, self._person.size)
        self._aside(sheet.why(paper))

    def _help(self, paper: Paper) -> None:
        columns, _ = self._person.size
        self._aside([line for text in HELP for line in wrap(translate(text), columns - 1)])

    def _aside(self, lines: Sequence[str]) -> None:
        """Something beside the paper, a screen at a time; a key goes on, the last one back."""
        _, rows = self._person.size
        most = max(rows - 3, 3)
        for start in range(0, len(lines), most):
            last = start + most >= len(lines)
            told = N_("Any key goes back.") if last else N_("Any key shows more.")
            self._person.screen([*lines[start : start + most], "", translate(told)])
            self._person.read_key()

    def _skip(self, paper: Paper) -> None:
        self._go(self._round.onward())

    def _back(self, paper: Paper) -> None:
        before = self._round.back()
        if before.at == self._round.at:
            self._say(N_("There is no waiting paper before this one."))
        self._go(before)
