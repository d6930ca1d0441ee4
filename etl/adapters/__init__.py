"""The outside, for real: network, DuckDB, SQLite, SMTP, worker processes. Only `app` knows these."""
