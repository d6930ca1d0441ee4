"""The warehouse for real: DuckDB. One `DuckWarehouse` writes the private live file; everyone else reads what it publishes."""

from __future__ import annotations

from etl.adapters.warehouse.live import DuckWarehouse, LoadReport
from etl.adapters.warehouse.rows import fits

__all__ = ["DuckWarehouse", "LoadReport", "fits"]
