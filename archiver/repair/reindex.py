"""Makes the search index anew: it is derived, nothing is lost."""

from archiver.custody.anew import make_anew
from archiver.vault.vault import Vault


def index_all(vault: Vault) -> None:
    """Make the index of a vault at one go; records and manifests stay."""
    for _ in make_anew(vault):
        pass
