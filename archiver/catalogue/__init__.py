"""The catalogue: tables, queries, migrations, ledger rows. SQLAlchemy lives here alone."""
