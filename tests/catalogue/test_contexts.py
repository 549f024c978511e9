"""Another version for all records in two statements: the same as one record after the other."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from archiver.catalogue import contexts
from archiver.catalogue.contexts import StoredContext
from archiver.catalogue.retention_tables import contexts as table
from archiver.catalogue.shape import METADATA
from archiver.catalogue.tables import documents
from archiver.core.model import CustomerId, DocumentId
from archiver.judge.contexts import remember

C1, C2 = CustomerId("C0001"), CustomerId("C0002")
VERSIONS = ("aa", "bb", "cc")
stays = st.builds(
    StoredContext,
    document=st.just(DocumentId("")),
    rules=st.sampled_from(VERSIONS),
    customer=st.just(C1),
    merged=st.sampled_from([frozenset({C1}), frozenset({C1, C2})]),
    kind=st.sampled_from(["customer", "supplier"]),
    category=st.just("contract"),
    case_no=st.sampled_from([None, "W1"]),
    doc_date=st.sampled_from([None, date(2024, 2, 29)]),
)
lives = st.lists(st.lists(stays, max_size=6), max_size=4)


@given(lives, st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=4))
def test_every_record_remembers_as_if_asked_alone(
    stayed: list[list[StoredContext]], versions: list[str]
) -> None:
    lived: dict[DocumentId, tuple[StoredContext, ...]] = {}
    for number, stay in enumerate(stayed):
        name = DocumentId(f"D{number:06d}")
        lived[name] = ()
        for one in stay:
            lived[name] = remember(lived[name], replace(one, document=name))
    engine = create_engine("sqlite://")
    METADATA.create_all(engine, tables=[documents, table])
    with engine.begin() as tx:
        for document, known in lived.items():
            contexts.put(tx, document, known)
        for version in versions:
            contexts.follow_rules(tx, version)
            for document, known in lived.items():
                if known:
                    lived[document] = remember(known, replace(known[-1], rules=version))
                assert contexts.of(tx, document) == lived[document]
    engine.dispose()
