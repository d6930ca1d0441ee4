"""How many feed documents a second are read: `python benchmarks/feeds.py FOLDER` with saved documents (.gz or plain).

Without a folder, the golden documents of the tests, which are small.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from etl.errors import LayoutError
from etl.feeds import read_feed


def main() -> None:
    """Print documents, entries, failures, and milliseconds of processor time a document."""
    golden = Path(__file__).resolve().parents[1] / "tests" / "feeds" / "golden"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else golden
    bodies = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()]
    now, times, entries, dated, refused = datetime.now(UTC), [], 0, 0, 0
    for body in bodies:
        start = time.process_time()
        try:
            document = read_feed(body, url="https://site.example/feed", content_type="", now=now)
            entries += len(document.entries)
            dated += sum(entry.published is not None for entry in document.entries)
        except LayoutError:
            refused += 1
        times.append((time.process_time() - start) * 1000)
    size = sum(map(len, bodies)) / 1e6
    print(f"{len(bodies)} documents ({size:.1f} MB), {entries} entries, {dated} with a date, {refused} refused")
    print(f"ms a document: median {statistics.median(times):.1f}, most {max(times):.1f}; {size / sum(times) * 1000:.1f} MB a second")


if __name__ == "__main__":
    main()
