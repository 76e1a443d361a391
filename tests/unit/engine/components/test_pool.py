"""The classifier's two members, trained on a handful of messages with made-up sentence vectors."""

import numpy as np
import pytest

from engine.components.danger import Told
from engine.components.fitting import RIDGE, Examples, fit, gram_of
from engine.components.pool import Pool, directions
from engine.components.targets import Targets
from engine.components.wording import VIEWS, Wording, fold, near_pairs, stems

WORDS = {
    "ask_cover": "suis-je couvert",
    "ask_human": "passez-moi quelqu'un",
    "ask_status": "où en est mon dossier",
    "report_fraud/card": "carte débitée",
    "report_fraud/shop": "fausse boutique",
    "thank": "merci beaucoup",
}


def messages() -> tuple[np.ndarray, list[str], list[str]]:
    """Return vectors, texts and labels of twelve messages a label; the vectors point a label's own way."""
    noise = np.random.default_rng(0)
    vectors, texts, labels = [], [], []
    for place, (label, words) in enumerate(WORDS.items()):
        for number in range(12):
            vectors.append(3.0 * np.eye(6)[place] + noise.normal(0, 0.3, 6))
            texts.append(f"{words}{', vous savez' * (number % 2)}")
            labels.append(label)
    return np.array(vectors, dtype=np.float32), texts, labels


def targets_of(labels: list[str], *, learnt: int | None = None) -> Targets:
    """Return targets of which the first ones learn their label; the thanks stand for dangers."""
    dangerous = np.array([label == "thank" for label in labels])
    told = Told(dangerous, alike=np.zeros(len(labels), bool), unclear=np.zeros(len(labels), bool))
    return Targets.of(labels, np.arange(len(labels)) < (len(labels) if learnt is None else learnt), told)


def trained() -> Pool:
    vectors, texts, labels = messages()
    wording, mean = Wording.fit(texts), vectors.mean(axis=0)
    return fit(wording, mean, wording.read(texts), directions(vectors, mean), targets_of(labels))


@pytest.fixture(scope="module")
def pool() -> Pool:
    return trained()


def test_messages_like_the_examples_get_their_label(pool):
    probabilities = pool.probabilities(3.0 * np.eye(6, dtype=np.float32), list(WORDS.values()))
    assert [pool.labels[best] for best in probabilities.argmax(axis=1)] == list(WORDS)


def test_probabilities_of_a_message_add_up_to_one(pool):
    probabilities = pool.probabilities(np.zeros((2, 6), dtype=np.float32), ["", "tout autre chose"])
    assert np.allclose(probabilities.sum(axis=1), 1.0)
    assert (probabilities > 0).all()


def test_wording_decides_where_the_meaning_says_nothing(pool):
    probabilities = pool.probabilities(pool.mean[np.newaxis], ["merci beaucoup"])
    assert pool.labels[int(probabilities.argmax())] == "thank"


def test_meaning_decides_where_no_word_is_known(pool):
    probabilities = pool.probabilities(np.array([[0, 0, 0, 0, 3, 0]], dtype=np.float32), ["xyz"])
    assert pool.labels[int(probabilities.argmax())] == "report_fraud/shop"


def test_a_stored_pool_answers_the_same(pool, tmp_path):
    vectors, texts, _ = messages()
    pool.save(tmp_path)
    loaded = Pool.load(tmp_path)
    assert loaded.labels == pool.labels
    assert np.allclose(loaded.probabilities(vectors, texts), pool.probabilities(vectors, texts), atol=1e-6)


def test_training_twice_gives_the_same_model(pool):
    vectors, texts, _ = messages()
    assert np.allclose(trained().probabilities(vectors, texts), pool.probabilities(vectors, texts), atol=1e-4)


def test_a_label_belongs_to_the_intent_before_its_slash():
    targets = targets_of(["report_fraud/shop", "thank", "report_fraud/card"])
    assert targets.labels == ["report_fraud/card", "report_fraud/shop", "thank"]
    assert targets.belonging.tolist() == [[1, 1, 0], [0, 0, 1]]
    assert targets.intent_of.tolist() == [0, 1, 0]


def test_what_an_unclassified_example_teaches_of_labels_is_nothing():
    targets = targets_of(["thank", "report_fraud/card", "thank", "ask_human"], learnt=2)
    assert targets.centred()[:, :-1].tolist()[2:] == [[0.0] * 6] * 2
    assert targets.centred()[:, -1].tolist() == [1.0, -1.0, 1.0, -1.0]


def test_one_factor_solves_for_all_examples_and_for_the_known_ones_alone():
    vectors, texts, labels = messages()
    wording, mean = Wording.fit(texts), vectors.mean(axis=0)
    examples = Examples(wording.read(texts), directions(vectors, mean), targets_of(labels))
    order = np.random.default_rng(1).permutation(len(texts))
    known, unseen = order[:50], order[50:]
    half = np.tril(gram_of(examples.words, examples.pointing)).astype(np.float64)
    gram, centred = half + np.tril(half, -1).T, examples.targets.centred()
    kernel = examples.fit_kernel(known, unseen)
    assert np.allclose(kernel.weights, np.linalg.solve(gram + RIDGE * np.eye(len(gram)), centred), atol=1e-3)
    of_known = np.linalg.solve(gram[np.ix_(known, known)] + RIDGE * np.eye(50), centred[known])
    assert np.allclose(kernel.scores, gram[np.ix_(unseen, known)] @ of_known, atol=1e-3)


def test_accents_capitals_and_the_size_of_numbers_do_not_count():
    assert fold("Débité de 1.250,50 € le 3") == fold("DEBITE de 9 € le 12")


def test_endings_of_words_do_not_count():
    assert stems("commandes livrees") == stems("commander livree") == ["comman", "livree"]


def test_a_denial_is_seen_a_few_words_away():
    assert "pas~clique" in near_pairs(fold("je n'ai pas du tout cliqué"))
    assert "pas~clique" not in near_pairs(fold("pas lu le mail ce matin, cliqué"))


def test_each_view_of_a_text_weighs_the_same():
    wording = Wording.fit(messages()[1])
    assert wording.read(["ma carte débitée"]).power(2).sum() == pytest.approx(len(VIEWS))


def test_a_stored_wording_reads_in_single_precision_too(tmp_path):
    Wording.fit(messages()[1]).save(tmp_path)
    assert Wording.load(tmp_path).read(["ma carte débitée"]).dtype == np.float32
