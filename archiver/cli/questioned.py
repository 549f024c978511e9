"""`rules check`: the words of `index/`, and the questions that prove them."""

from archiver.core.errors import N_
from archiver.core.model import Because
from archiver.declarations.findable import read_aliases
from archiver.declarations.questions import read_questions
from archiver.declarations.thesaurus import read_thesaurus
from archiver.declarations.words import LANGUAGES, translate
from archiver.search.questions import Dictionary, run_questions
from archiver.vault.vault import Vault


def questioned(vault: Vault) -> tuple[tuple[Because, ...], str]:
    """What the questions find wrong, and in a line how many there are.

    Raises:
        DeclarationError: a file of `index/` cannot be followed.
    """
    folder = vault.layout.index
    known = Dictionary(
        read_aliases(folder / "fields.toml"),
        read_thesaurus(folder),
        {
            one.code: tuple(vault.categories.label(one.code, lang) for lang in LANGUAGES)
            for one in vault.categories.category
        },
    )
    questions = read_questions(folder / "queries.toml")
    told = translate(N_("{count} questions about {papers} papers"))
    counts = {"count": len(questions.query), "papers": len(questions.paper)}
    return run_questions(questions, known), told.format(**counts)
