"""The question which value of a paper is otherwise than it was read, and what it is."""

from archiver.cli.lines import cut
from archiver.cli.person import Person
from archiver.core.errors import N_
from archiver.core.normalise import compact
from archiver.declarations.codes import FIELDS, VALUES, called
from archiver.declarations.words import translate
from archiver.review.paper import Paper


def choose_value(person: Person, paper: Paper) -> dict[str, str]:
    """Ask for one value; gives its name and what was typed, nothing when the person backs out."""
    read = {field.name: field for field in paper.fields}
    values = {name: called(VALUES, field.value) for name, field in read.items()}
    names = [*read, *(name for name in FIELDS if name not in read)]
    line = translate(N_("{label}: {value}"))
    shown = [
        f"{at:>3}  " + line.format(label=called(FIELDS, name), value=values.get(name, ""))
        for at, name in enumerate(names, start=1)
    ]
    person.show(["", *(cut(one, person.size[0] - 1) for one in shown)])
    chosen = compact(person.ask(translate(N_("Which value is wrong? Number, Enter back: "))))
    if not chosen.isdecimal() or int(chosen) not in range(1, len(names) + 1):
        return {}
    name = names[int(chosen) - 1]
    question = translate(N_("{label}, as it stands on the paper; empty for none: "))
    known = read[name].value if name in read else ""
    return {name: person.ask(question.format(label=called(FIELDS, name)), known)}
