"""The two curves that thresholds come from, as PNG files."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt  # noqa: E402 - the backend is chosen first

from bench.nlu.figures import cheapest, reliability, risk_coverage  # noqa: E402
from bench.nlu.predictions import Prediction  # noqa: E402

SIZE = (5.2, 4.2)  # inches
BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#767676"  # told apart by colour-blind eyes too


def draw_reliability(predictions: Sequence[Prediction], path: Path) -> None:
    """Draw how often the model is right at each confidence; on the diagonal its word can be taken."""
    points = reliability(predictions)
    figure, axes = plt.subplots(figsize=SIZE, layout="constrained")
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", label="perfect")
    axes.plot([p[0] for p in points], [p[1] for p in points], color=BLUE, marker="o", label="measured")
    for confidence, share, count in points:
        axes.annotate(str(count), (confidence, share), textcoords="offset points", xytext=(6, -12), color=GREY)
    axes.set(xlabel="confidence", ylabel="share of right guesses", xlim=(0, 1), ylim=(0, 1.02))
    axes.legend(loc="upper left")
    _save(figure, path)


def draw_risk_coverage(predictions: Sequence[Prediction], path: Path) -> None:
    """Draw the share of wrong guesses among those accepted, against the share of messages accepted."""
    curve = risk_coverage(predictions)
    best = cheapest(curve)
    figure, axes = plt.subplots(figsize=SIZE, layout="constrained")
    axes.plot([p.coverage for p in curve], [p.risk for p in curve], color=BLUE, marker=".")
    axes.plot(best.coverage, best.risk, color=ORANGE, marker="o", linestyle="none", label=f"threshold {best.threshold}")
    for point in curve[::3]:
        axes.annotate(f"{point.threshold:.2f}", (point.coverage, point.risk), textcoords="offset points", xytext=(4, 6))
    axes.set(xlabel="share of messages accepted", ylabel="share of wrong ones among them", ylim=(0, None))
    axes.legend(loc="upper left")
    _save(figure, path)


def _save(figure: plt.Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
