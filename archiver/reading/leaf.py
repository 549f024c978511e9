"""Inside a parser process: what a page of a batch is, by its pixels."""

from functools import reduce

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageStat

from archiver.reading.divide import Cut, Leaf

DPI = 150
_EDGE = 0.03
"""Share of each side that is left out: shadows of the lid. Punch holes further in count as ink."""
_INK = 60
"""Levels below the paper from which a pixel is ink: what shines through from the back is not."""
_AROUND = 14
"""Pixels to each side of a spot: 5 mm across at 150 dpi, a little more than a printed character."""
_MARKED = 0.05
"""Share of ink around a spot from which something is there. A character of 10 points has more; a
speck of a millimetre and the streak of a dirty sensor have less."""


def leaf_of(picture: Image.Image, cut: Cut) -> Leaf:
    """What the page is, seen at about 150 dpi.

    Args:
        picture: RGB, upright or not.
        cut: what counts; without a text no code is looked for.
    """
    if is_blank(picture):
        return Leaf.BLANK
    return Leaf.SEPARATOR if cut.separator in _codes(picture, cut) else Leaf.PAPER


def _codes(picture: Image.Image, cut: Cut) -> set[str]:
    """The texts of the bar codes and QR codes on it, when any is looked for."""
    if cut.separator is None:
        return set()
    found = zxingcpp.read_barcodes(picture.convert("L"), try_invert=False)
    return {one.text.strip() for one in found}


def is_blank(picture: Image.Image) -> bool:
    """Whether nothing is on the page, not even one character.

    A page taken for blank is kept nowhere, so doubt counts as something.
    """
    left, top = int(picture.width * _EDGE), int(picture.height * _EDGE)
    inner = picture.crop((left, top, picture.width - left, picture.height - top))
    if min(inner.size) <= 2 * _AROUND:
        return False
    ink = reduce(ImageChops.lighter, map(_ink, inner.split()))
    spots = ink.filter(ImageFilter.BoxBlur(_AROUND))
    return ImageStat.Stat(spots).extrema[0][1] < _MARKED * 255


def _ink(channel: Image.Image) -> Image.Image:
    """White where the channel is darker than the paper, whose level is the median."""
    least = ImageStat.Stat(channel).median[0] - _INK
    return channel.point([255 if level <= least else 0 for level in range(256)])
