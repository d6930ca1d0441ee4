"""What is added to config/ is read without touching code; what is declared wrongly is told with file, line and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.claims import Vocabulary, read_claims
from etl.errors import ConfigError
from etl.model import Claim
from etl.spec.authorities import read_authorities
from etl.spec.companies import read_companies
from etl.spec.metrics import read_metrics
from etl.spec.regions import read_regions
from tests.claims.conftest import CONFIG, article

_METRIC = """unit = "count"
plausible = { min = 1, max = 1000 }
cues = ["robot count"]
verbs = ["fielded"]
nouns = ["robot", "machine"]
vague = ["machine"]
stock = true

[[example]]
text = "Xiaomi has 12 robots."
claims = [{ company = "Xiaomi", amount = "12" }]
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The shipped declarations, to be added to."""
    for name in ("companies.toml", "regions.toml", "authorities.toml"):
        shutil.copy(CONFIG / name, tmp_path)
    (tmp_path / "metrics").mkdir()
    for name in ("shipments", "sales_units", "market_share", "rank", "revenue", "stores", "production", "channel_share"):
        shutil.copy(CONFIG / "metrics" / f"{name}.toml", tmp_path / "metrics")
    for name in ("patents_granted", "patents_filed", "operating_profit", "net_profit", "local_production_share", "profit_share"):
        shutil.copy(CONFIG / "metrics" / f"{name}.toml", tmp_path / "metrics")
    return tmp_path


def read(config: Path, text: str, published: str = "2021-08-20") -> list[Claim]:
    """The claims of a text under these declarations."""
    vocabulary = Vocabulary.of(read_companies(config), read_metrics(config), read_regions(config), read_authorities(config))
    return read_claims(article(text, published), vocabulary)


def add(path: Path, words: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n" + words, encoding="utf-8")


def test_a_company_added_is_read(config: Path) -> None:
    """Name, brand and product of a company that no code knows."""
    text = "Zentor shipped 4 million smartphones in Q2 2021. Its brand Kiwo sold 300,000 phones in Q2 2021."
    assert read(config, text) == []
    add(config / "companies.toml", '[[company]]\nname = "Zentor"\nhome = "IN"\naliases = ["Zentor Mobile"]\nbrands = [{ name = "Kiwo" }]\n')
    assert [(c.company, c.metric, c.segment, int(c.amount)) for c in read(config, text)] == [
        ("Zentor", "shipments", "smartphones", 4_000_000),
        ("Zentor", "sales_units", "segment:Kiwo", 300_000),
    ]
    (home,) = read(config, "Zentor Mobile shipped 3 million smartphones in its home market in Q2 2021.")
    assert (home.company, home.region) == ("Zentor", "IN")


def test_a_metric_added_is_read(config: Path) -> None:
    """Its noun says it alone; a vague noun only beside a verb or cue of the metric."""
    texts = ("Xiaomi has 40 robots.", "Xiaomi fielded 50 machines.", "Xiaomi showed 60 machines.")
    assert [read(config, t) for t in texts] == [[], [], []]
    (config / "metrics" / "robots.toml").write_text(_METRIC, encoding="utf-8")
    assert [[(c.metric, int(c.amount)) for c in read(config, t)] for t in texts] == [[("robots", 40)], [("robots", 50)], []]


def test_a_metric_with_a_context_needs_a_word_of_it(config: Path) -> None:
    """Without one of these words anywhere, the text is about something else."""
    (config / "metrics" / "robots.toml").write_text('context = ["factory"]\n' + _METRIC, encoding="utf-8")
    assert read(config, "Xiaomi has 40 robots.") == []
    assert [int(c.amount) for c in read(config, "Xiaomi has 40 robots. It showed its factory.")] == [40]


def test_a_region_and_its_cities_added_are_read(config: Path) -> None:
    """The name, the adjective, and a city behind `in`; the city alone is no place."""
    add(config / "regions.toml", '[[region]]\ncode = "XZ"\nnames = ["Freedonia"]\nadjectives = ["Freedonian"]\ncities = ["Sylvanopolis"]\n')
    texts = {
        "Xiaomi shipped 2 million phones in Freedonia in Q2 2021.": "XZ",
        "Xiaomi's share of the Freedonian smartphone market was 20% in Q2 2021.": "XZ",
        "Xiaomi opened 30 stores in Sylvanopolis in Q2 2021.": "XZ",
        "Xiaomi, advised by Sylvanopolis Partners, opened 30 stores in Q2 2021.": "GLOBAL",
    }
    assert {t: [c.region for c in read(config, t)] for t in texts} == {t: [code] for t, code in texts.items()}


@pytest.mark.parametrize(
    ("words", "key", "says"),
    [
        ('[[region]]\ncode = "XZ"\nnames = ["Freedonia"]\ncities = "Sylvanopolis"\n', "cities", "Expected `array`"),
        ('[[region]]\ncode = "XZ"\nnames = ["Freedonia"]\ncities = ["Sylvanopolis", 4]\n', "cities", "Expected `str`"),
        ('[[region]]\ncode = "XZ"\nnames = ["Freedonia"]\ncitys = ["Sylvanopolis"]\n', "citys", "did you mean 'cities'?"),
        ('[[region]]\ncode = "XZ"\nnames = ["Freedonia"]\ncities = ["Mumbai"]\n', "code", "'Mumbai' is said twice: IN, XZ"),
        ('[[region]]\ncode = "x1"\nnames = ["Freedonia"]\n', "code", "'x1' is no code"),
    ],
)
def test_a_region_declared_wrongly_is_told_with_its_place(config: Path, words: str, key: str, says: str) -> None:
    """File and line lead to the key; the message says what is wrong with it."""
    path = config / "regions.toml"
    add(path, words)
    with pytest.raises(ConfigError) as caught:
        read_regions(config)
    assert caught.value.path == path
    assert says in caught.value.message
    assert path.read_text(encoding="utf-8").split("\n")[(caught.value.line or 1) - 1].startswith(key)


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('vague = ["machine"]', 'vague = ["machines"]', "vague", "'machines' is none of the nouns; did you mean 'machine'?"),
        ('vague = ["machine"]', 'vague = "machine"', "vague", "Expected `array`"),
        ('vague = ["machine"]', 'vage = ["machine"]', "vage", "did you mean 'vague'?"),
        ("stock = true", 'context = "factory"', "context", "Expected `array`"),
        ("stock = true", 'stock = "yes"', "stock", "Expected `bool`"),
        ('unit = "count"', 'unit = "counts"', "unit", "unknown unit 'counts'; did you mean 'count'?"),
        ("min = 1, max = 1000", "min = 5, max = 2", "plausible", "the range is reversed"),
    ],
)
def test_a_metric_declared_wrongly_is_told_with_its_place(config: Path, old: str, new: str, key: str, says: str) -> None:
    """As for a region."""
    path = config / "metrics" / "robots.toml"
    assert old in _METRIC
    path.write_text(_METRIC.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_metrics(config)
    assert caught.value.path == path
    assert says in caught.value.message
    assert path.read_text(encoding="utf-8").split("\n")[(caught.value.line or 1) - 1].startswith(key)
