"""`archiver completion`."""

import click
from click.shell_completion import FishComplete, ShellComplete, ZshComplete

from archiver.cli.complete import VARIABLE, Bash
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_

_SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": ZshComplete, "fish": FishComplete}


@spoken(
    N_(
        "Print what makes the Tab key complete commands, customers, categories and papers.\n"
        "bash: archiver completion bash > ~/.local/share/bash-completion/completions/archiver\n"
        "zsh: archiver completion zsh > a file called _archiver in a folder of $fpath\n"
        "fish: archiver completion fish > ~/.config/fish/completions/archiver.fish\n"
        "Then open a new terminal."
    ),
    exits="0 2",
    any_vault=False,
)
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def command(shell: str) -> None:
    """The script for a shell."""
    front = click.get_current_context().find_root().command
    script = _SHELLS[shell](front, {}, "archiver", VARIABLE)
    click.echo(ShellComplete.source(script), nl=False)
