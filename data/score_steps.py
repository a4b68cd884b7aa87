"""Steps of a score, as plain values that anybody can recompute."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from data.models import Target
from data.scores import IndicatorScore, Score
from data.scoring import BAND_EDGES, HIGHEST_POINTS, group_share, rounded_share

# The cases of data.scoring.share_of_target, each as the sum a reader would write down.
HIGHER = "100 * value / target"
LOWER = "100 * target / value"
REACHED, MISSED = "100", "0"


def percent_text(share: Fraction | None) -> str:
    """The share with two decimals, empty for None; bands rest on the exact share."""
    if share is None:
        return ""
    return f"{rounded_share(share, 2):.2f}"


def fraction_text(share: Fraction | None) -> str | None:
    """The exact share in percent, such as ``200/3``."""
    return None if share is None else str(share)


def formula_of(value: Decimal, target: Target) -> str:
    """Return the formula for the share of a value and a target, before it is cut to 0 to 100."""
    higher = target.direction == "higher_is_better"
    if not higher and value <= target.value:
        return REACHED
    if target.value <= 0:
        return REACHED if higher and value >= target.value else MISSED
    return HIGHER if higher else LOWER


def score_steps(score: Score) -> list[dict[str, Any]]:
    """The steps from a value to its points; the last one is the reason where there is none."""
    steps: list[dict[str, Any]] = []
    observation, target = score.observation, score.target
    if observation is not None and observation.value is not None:
        value = {"step": "value", "value": observation.value, "unit": observation.unit_code}
        chosen = {"period": observation.period or None, "comparability": observation.comparability}
        steps.append(value | chosen | {"source_id": observation.source_id})
    if target is not None:
        steps.append(_target_step(target))
    if score.share is None or observation is None or observation.value is None or target is None:
        return [*steps, {"step": "unscored", "reason": score.reason}]
    formula = formula_of(observation.value, target)
    share = {"exact_percent": fraction_text(score.share), "percent": _rounded(score.share)}
    steps.append({"step": "share", "formula": formula, "at_least": 0, "at_most": 100} | share)
    return [*steps, _band_step(score.share)]


def joint_steps(indicator_score: IndicatorScore) -> list[dict[str, Any]]:
    """Return the rule by which data points make the band of their indicator."""
    if indicator_score.share is None:
        return [{"step": "unscored", "reason": indicator_score.reason}]
    if len(indicator_score.scored) == 1:
        single = {"step": "single", "data_point": indicator_score.scored[0].label or None}
        return [
            single | {"exact_percent": fraction_text(indicator_score.share)},
            _band_step(indicator_score.share),
        ]
    points = [score.points or 0 for score in indicator_score.scored]
    joint = {
        "step": "points",
        "formula": "100 * earned / highest",
        "earned": sum(points),
        "highest": HIGHEST_POINTS * len(points),
        "scored_data_points": len(points),
        "data_points": len(indicator_score.scores),
        "exact_percent": fraction_text(group_share(points)),
        "percent": _rounded(indicator_score.share),
    }
    return [joint, _band_step(indicator_score.share)]


def _target_step(target: Target) -> dict[str, Any]:
    return {
        "step": "target",
        "target": target.value,
        "unit": target.unit_code,
        "direction": target.direction,
        "basis": target.basis,
        "kind": target.kind,
        "source_id": target.source_id,
    }


def _band_step(share: Fraction) -> dict[str, Any]:
    place, edge = next((n, edge) for n, edge in enumerate(BAND_EDGES) if share >= edge.lowest)
    below = BAND_EDGES[place - 1].lowest if place else None
    band = {"step": "band", "band": edge.band, "at_least_percent": edge.lowest}
    return band | {"below_percent": below, "points": edge.points}


def _rounded(share: Fraction) -> Decimal:
    return Decimal(percent_text(share))
