"""Predictions on examples that the model was not trained on: fold by fold, with the whole pipeline each time."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sklearn.model_selection import StratifiedKFold

from bench import our_bot, stock_bot
from bench.examples import Example
from bench.nlu.predictions import Prediction, Truth, predict, truths_of

SEED = 5
Tell = Callable[[str], None]


def cross_validate(examples: Sequence[Example], folds: int, folder: Path, tell: Tell) -> list[Prediction]:
    """Train on all folds but one, predict that one; return the predictions of all.

    Raises:
        BenchProblem: a training fails.
    """
    split = StratifiedKFold(folds, shuffle=True, random_state=SEED)
    labels = [example.label for example in examples]
    found: list[Prediction] = []
    for number, (train, held_out) in enumerate(split.split(labels, labels), 1):
        tell(f"fold {number} of {folds}")
        model = train_into(folder / f"fold-{number}", [examples[at] for at in train])
        found += predict(model, truths_of(examples[at] for at in held_out))
    return found


def train_into(folder: Path, examples: Sequence[Example]) -> Path:
    """Train the whole pipeline of `config.yml` on these examples; return the model.

    Raises:
        BenchProblem: the training fails.
    """
    our_bot.train(folder, examples)
    return folder / "models" / f"{our_bot.MODEL}.tar.gz"


def predict_like_stock(
    examples: Sequence[Example], truths: Sequence[Truth], folder: Path, tell: Tell
) -> tuple[list[Prediction], list[Prediction]]:
    """Train the stock pipeline and ours on the same lines; return what each makes of the same messages.

    Raises:
        BenchProblem: a training fails.
    """
    tell(f"stock Rasa on {len(examples)} lines")
    stock_bot.train(folder / "stock", examples)
    stock = predict(folder / "stock" / "models" / "stock.tar.gz", truths)
    tell("ours on the same lines")
    return stock, predict(train_into(folder / "same", examples), truths)
