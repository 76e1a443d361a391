from bot.waves.wording import likeness, words_of


def test_words_are_stems_of_four_letters_each_once():
    assert words_of("J'ai payé, payée ! Des PELLETS… à 12 €") == ["paye", "pell"]


def test_the_same_words_are_wholly_alike_and_other_words_not_at_all():
    story = words_of("fausse amende de stationnement")
    assert likeness(story, story) == 1
    assert likeness(story, words_of("colis perdu")) == 0
    assert likeness(story, []) == 0


def test_a_rare_word_in_common_counts_more_than_a_usual_one():
    told = words_of("compte trottinette")
    assert likeness(told, words_of("trottinette grise")) > likeness(told, words_of("compte grise"))
