"""An archive for the papers a company keeps about its customers."""

__version__ = "0.1.0"
