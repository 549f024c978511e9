"""What read a value, in words."""

import pytest

from archiver.declarations.codes import reading
from archiver.declarations.words import speaking


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("label:名称", "label 名称", "标签“名称”"),
        ("check_digit", "its check digit is right", "校验码正确"),
        ("qr:label:名称", "in the QR code, label 名称", "二维码，标签“名称”"),
        ("qr:check_digit", "in the QR code, its check digit is right", "二维码，校验码正确"),
        ("qr:invoice", "in the QR code, by its place", "二维码，按所在位置"),
    ],
)
def test_a_rule_in_words(rule: str, english: str, chinese: str) -> None:
    assert reading(rule) == english
    with speaking("zh"):
        assert reading(rule) == chinese
