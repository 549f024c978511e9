"""What is written is found again: against a dictionary, with lists larger than a block."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from archiver.search.whoosh_postings import PostingsReader, PostingsWriter, unpack

NUMBERS = st.integers(1, 40_000).map(
    lambda many: array("I", (number << 8 | 1 for number in range(many)))
)
TERMS = st.dictionaries(st.text("abc一二", min_size=1, max_size=3), NUMBERS, min_size=1, max_size=9)


@given(st.dictionaries(st.sampled_from(["text", "title", "id"]), TERMS, max_size=3))
def test_every_term_is_found_with_its_list(fields: dict[str, dict[str, "array[int]"]]) -> None:
    file = bytearray()
    writer = PostingsWriter(file.extend)
    for field, terms in fields.items():
        writer.add_field(field, sorted(terms.items(), key=lambda one: one[0].encode()))
    writer.finish()
    reader = PostingsReader(lambda at, size: bytes(file[at : at + size]), len(file))
    assert set(reader.fields()) == set(fields)
    for field, terms in fields.items():
        assert [term for term, _ in reader.terms(field)] == sorted(terms, key=str.encode)
        for term, postings in terms.items():
            packed = reader.find(field, term)
            assert packed is not None
            assert list(unpack(packed)[0]) == [one >> 8 for one in postings]
        assert reader.find(field, "zz") is None
