"""Spanish and Portuguese times: "cuarto trimestre de 2020", "primer semestre", "el mismo periodo del año anterior"."""

from __future__ import annotations

from etl.claims.calendars import months, quarter, quarter_of, years_before
from etl.claims.timewords import YEAR, Reading, Scene, begun, rule
from etl.model import Basis

_ORDINALS = {"prim": 1, "segu": 2, "terc": 3, "cuar": 4, "quar": 4}


@rule(
    "trimestre",
    "semestre",
    pattern=r"(?<!\w)(?P<ord>primer|primeiro|segundo|tercer|terceiro|cuarto|quarto)[ ](?P<what>trimestre|semestre)(?!\w)"
    rf"(?:[ ](?:de[ ]|del[ ](?:año[ ])?|do[ ](?:ano[ ])?)(?:de[ ])?(?P<year>{YEAR}))?",
)
def _ordinal(scene: Scene) -> Reading | None:
    size = 3 if scene.match["what"].lower() == "trimestre" else 6
    first = (_ORDINALS[scene.match["ord"].lower()[:4]] - 1) * size + 1
    if first > 12:
        return None
    if scene.match["year"]:
        return Reading(days=months(int(scene.match["year"]), first, size))
    return Reading(days=begun(lambda y: months(y, first, size), scene), how="relative")


@rule(
    "mismo",
    "mesmo",
    pattern=r"(?<!\w)(?:el|en|al|no|do)?[ ]?(?:mismo|mesmo)[ ](?:per[ií]odo|trimestre)"
    r"[ ](?:del?|do)[ ](?:(?:año|ano)[ ](?:anterior|pasado|passado)|20\d\d)(?!\w)",
)
def _same_period(scene: Scene) -> Reading | None:
    if scene.anchor and (scene.anchor[1] - scene.anchor[0]).days < 370:
        return Reading(days=years_before(scene.anchor, 1), how="relative", is_comparison=True, basis=Basis.YOY)
    if scene.published is None:
        return Reading(days=None, how="relative", is_comparison=True, basis=Basis.YOY)
    return Reading(days=months(scene.published.year - 1, 1, 12), how="relative", is_comparison=True, basis=Basis.YOY)


@rule("trimestre", pattern=r"(?<!\w)(?:el[ ]|del[ ]|al[ ]|o[ ]|do[ ]|ao[ ])trimestre[ ]anterior(?!\w)")
def _quarter_before(scene: Scene) -> Reading | None:
    if scene.published is None:
        return Reading(days=None, how="relative", is_comparison=True, basis=Basis.QOQ)
    own = scene.anchor if scene.anchor and 80 < (scene.anchor[1] - scene.anchor[0]).days < 100 else None
    first = own[0] if own else quarter(scene.published.year, quarter_of(scene.published) - 1)[0]
    return Reading(days=months(first.year, first.month - 3, 3), how="relative", is_comparison=True, basis=Basis.QOQ)
