"""Checks of part 1 of `ranking`: questions as means of pretrained word vectors."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from typing import Any

import numpy as np
from gensim.models import KeyedVectors

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed
from course_lib.observation import Raised, Unsupported, attempt, build

# --- three questions to a vector space ---------------------------------------------------------------------

SANITY_WORDS = (
    "woman king man queen prince throne breakfast dinner lunch cereal music water sound backpack mouse".split()
)


def word_vectors_inputs(seed: int) -> Inputs:
    """Five made-up spaces in which the three queries have clear answers that differ from the usual ones."""
    rng = np.random.default_rng([seed, 1])
    spaces: list[np.ndarray] = []
    while len(spaces) < 5:
        vectors = rng.normal(size=(len(SANITY_WORDS), 6)).astype("float32")
        if _margin(vectors) > 0.05:
            spaces.append(vectors)
    return {"words": list(SANITY_WORDS), "spaces": spaces}


def _margin(vectors: np.ndarray) -> float:
    """The smallest cosine gap between best and second answer of the three queries."""
    unit = dict(zip(SANITY_WORDS, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), strict=True))

    def gap(target: np.ndarray, words: list[str], lowest: bool = False) -> float:
        scores = sorted((float(unit[word] @ target) for word in words), reverse=not lowest)
        return abs(scores[0] - scores[1]) / float(np.linalg.norm(target))

    def best(target: np.ndarray, words: list[str]) -> str:
        return max(words, key=lambda word: float(unit[word] @ target))

    others = [word for word in SANITY_WORDS if word not in {"woman", "king", "man"}]
    choices = ["water", "sound", "backpack", "mouse"]
    analogy = unit["woman"] + unit["king"] - unit["man"]
    if best(analogy, others) == best(unit["woman"] + unit["king"], others) or best(analogy, SANITY_WORDS) in others:
        return 0.0
    if best(unit["music"], [word for word in SANITY_WORDS if word != "music"]) in choices:
        return 0.0
    meals = ["breakfast", "cereal", "dinner", "lunch"]
    return min(
        gap(unit["woman"] + unit["king"] - unit["man"], others),
        gap(np.mean([unit[word] for word in meals], axis=0), meals, lowest=True),
        gap(unit["music"], ["water", "sound", "backpack", "mouse"]),
    )


def observe_word_vectors(inputs: Inputs, sanity_queries: Any) -> Observed:
    """The three answers in each made-up space."""
    answers = []
    for vectors in inputs["spaces"]:
        space = KeyedVectors(vectors.shape[1])
        space.add_vectors(inputs["words"], vectors)
        answers.append(attempt(sanity_queries, space))
    yield "what sanity_queries returns", [_form(answer) for answer in answers]
    for place, case in enumerate(("woman + king - man", "the odd one out", "closest to music")):
        yield (
            case,
            [answer[place] if isinstance(answer, list) and len(answer) > place else None for answer in answers],
        )


def _form(answer: Any) -> Any:
    if not isinstance(answer, list):
        return answer
    return [type(item).__name__ if not isinstance(item, str) else "str" for item in answer]


WORD_VECTORS = Check(
    "ranking.word_vectors",
    word_vectors_inputs,
    observe_word_vectors,
    {
        "what sanity_queries returns": "return three words as strings: analogy, odd one out, closest to music",
        "woman + king - man": "positive=['woman', 'king'], negative=['man'], and of the answer the first word",
        "the odd one out": "doesnt_match of breakfast, dinner, lunch and cereal, on the embeddings that are passed in",
        "closest to music": "most_similar_to_given('music', [...]) on the embeddings that are passed in",
    },
    judge_cases,
)

# --- the validation corpus ---------------------------------------------------------------------------------


def observe_validation_corpus(inputs: Inputs, num_samples: Any, negatives_per_sample: Any) -> Observed:
    """The two counts of the notebook."""
    yield "number of rows", num_samples
    yield "mean number of negatives in a row", negatives_per_sample


VALIDATION_CORPUS = Check(
    "ranking.validation_corpus",
    lambda seed: {},
    observe_validation_corpus,
    {
        "number of rows": "one row of `validation` is one pair of duplicates",
        "mean number of negatives in a row": "a row is question, duplicate, negatives; average over rows what is left",
    },
    judge_cases,
    about_data=True,
)

# --- Embedder ----------------------------------------------------------------------------------------------

FRUIT = "queen water music sound lunch Queen king".split()


def embedder_inputs(seed: int) -> Inputs:
    """Small spaces of different dimension over the same words; in the third, neighbours cancel out."""
    rng = np.random.default_rng([seed, 2])
    words = [*rng.permutation(FRUIT[:5]).tolist(), *FRUIT[5:]]
    return {
        "words": words,
        "vectors": (rng.normal(size=(len(words), 5)) + 1.0).astype("float32"),
        "other_vectors": (rng.normal(size=(len(words), 3)) - 1.0).astype("float32"),
        "short_vectors": np.resize([[0.3, 0.4], [-0.3, -0.4]], (len(words), 2)).astype("float32"),
    }


def observe_embedder(inputs: Inputs, embedder_class: Any) -> Observed:
    """Vectors of a few texts, from embedders over several spaces."""
    words = inputs["words"]
    embedder = _embedder(embedder_class, words, inputs["vectors"])
    other = _embedder(embedder_class, words, inputs["other_vectors"])
    short = _embedder(embedder_class, words, inputs["short_vectors"])
    first, second, third = words[:3]
    yield "shape of the vector of a question", _shape(attempt(embedder, f"{first} {second}"))
    yield "a question of one word", attempt(embedder, first)
    yield "mean of three known words", attempt(embedder, f"{first} {second} {third}")
    yield "a word that occurs twice counts twice", attempt(embedder, f"{first} {second} {first}")
    yield "unknown words are skipped", attempt(embedder, f"quince {first} durian {second} lychee")
    yield "no known word gives zeros", attempt(embedder, "quince durian")
    yield "the empty question gives zeros", attempt(embedder, "")
    yield "words are taken as they are written", attempt(embedder, f"Queen {second.upper()} {third}! {first}")
    yield "normalize=True gives length 1", attempt(embedder, f"{first} {third}", normalize=True)
    yield "normalize=True lengthens a short vector", attempt(short, second, normalize=True)
    yield "normalize=True leaves zeros alone", attempt(embedder, "quince", normalize=True)
    yield "normalize=True where words cancel out", attempt(short, f"{first} {second}", normalize=True)
    yield "normalize is off unless asked for", attempt(embedder, f"{second} {third}")
    yield "another space of another dimension", attempt(other, f"{first} {second}")
    yield "zeros of that dimension", attempt(other, "quince")


def _embedder(embedder_class: Any, words: list[str], vectors: np.ndarray) -> Any:
    space = KeyedVectors(vectors.shape[1])
    space.add_vectors(words, vectors)
    made = build(embedder_class, space, vectors.shape[1])
    return made if not isinstance(made, Raised) else _broken(made)


def _broken(error: Raised) -> Any:
    """A stand-in whose every call gives the error of the constructor."""
    return lambda *args, **kwargs: error


def _shape(value: Any) -> Any:
    if isinstance(value, Raised | Unsupported):
        return value
    return list(np.shape(value))


EMBEDDER = Check(
    "ranking.embedder",
    embedder_inputs,
    observe_embedder,
    {
        "shape of the vector of a question": "return one vector of shape (dim,), not a row matrix and not a number",
        "a question of one word": "the vector of that word itself; cut the text into words with text.split()",
        "mean of three known words": "add the vectors of the words and divide by how many there are",
        "a word that occurs twice counts twice": "average over the words of the text, not over the set of them",
        "unknown words are skipped": "divide by the number of known words, not of all words",
        "no known word gives zeros": "np.zeros(dim) when no word is known",
        "the empty question gives zeros": "np.zeros(dim) when there is no word at all",
        "words are taken as they are written": "look words up exactly as split() gives them: no lower-casing here",
        "normalize=True gives length 1": "divide the mean by its Euclidean length",
        "normalize=True lengthens a short vector": "divide by the length, whether it is above 1 or below",
        "normalize=True leaves zeros alone": "a vector of zeros has no direction: do not divide by its length 0",
        "normalize=True where words cancel out": "their mean is a vector of zeros, and zeros stay zeros",
        "normalize is off unless asked for": "normalize=False must return the mean as it is",
        "another space of another dimension": "use the embeddings and the dim given to __init__, no global ones",
        "zeros of that dimension": "zeros of shape (dim,), with the dim given to __init__",
    },
    judge_cases,
)

# --- hits@k ------------------------------------------------------------------------------------------------


def hits_at_k_inputs(seed: int) -> Inputs:
    """Counts of hard negatives, each k lying on some count."""
    rng = np.random.default_rng([seed, 3])
    counts = [0, 0, 1, 3, 5, 10, *rng.integers(0, 40, size=60).tolist()]  # too many to guess their shares
    return {"counts": rng.permutation(counts).tolist(), "ks": [1, 3, 5, 10, 100]}


def observe_hits_at_k(inputs: Inputs, hits_at_k: Any) -> Observed:
    """hits@k of small lists of counts."""
    yield "the example of the text: counts [1], k of 1 and 4", attempt(hits_at_k, [1], [1, 4])
    yield "a duplicate with exactly k negatives above it misses", attempt(hits_at_k, [0, 2, 2, 7], [2])
    yield "several k at once", attempt(hits_at_k, inputs["counts"], inputs["ks"])
    yield "k in any order", attempt(hits_at_k, inputs["counts"], inputs["ks"][::-1])
    yield "counts as an array", attempt(hits_at_k, np.array(inputs["counts"]), inputs["ks"])


HITS_AT_K = Check(
    "ranking.hits_at_k",
    hits_at_k_inputs,
    observe_hits_at_k,
    {
        "the example of the text: counts [1], k of 1 and 4": "a dict {k: share}, k as given: {1: 0.0, 4: 1.0}",
        "a duplicate with exactly k negatives above it misses": "it stands at place k + 1: a hit needs count < k",
        "several k at once": "for each k the share of counts below k, a number from 0 to 1",
        "k in any order": "treat each k by itself",
        "counts as an array": "take a numpy array of counts as well as a list",
    },
    judge_cases,
)

# --- Scorer ------------------------------------------------------------------------------------------------

# Entries and norms are exact in binary, so that equal cosines are equal however they are computed.
DIRECTIONS = {
    "query": (1, 1, 1, 1),
    "same": (2, 2, 2, 2),  # cosine 1 with query
    "above": (4, 4, 0, 0),  # 0.71
    "level": (8, 0, 0, 0),  # 0.5
    "tie": (0, 2, 0, 0),  # 0.5
    "tie again": (0, 0, 1, 0),  # 0.5
    "long": (16, 0, 0, 16),  # 0.71, a large scalar product
    "below": (1, -1, 0, 0),  # 0
    "against": (-1, -1, -1, -1),  # -1
    "nothing": (0, 0, 0, 0),
}


def scorer_inputs(seed: int) -> Inputs:
    """Texts with exact vectors (their coordinates permuted and scaled by powers of two), and rows of texts."""
    rng = np.random.default_rng([seed, 4])
    order = rng.permutation(4)
    names = list(DIRECTIONS)
    codes = rng.permutation(SANITY_WORDS)[: len(names)].tolist()
    vectors = np.array(list(DIRECTIONS.values()), dtype="float64")[:, order]
    vectors *= 2.0 ** rng.integers(-1, 2)
    # The query at angle 0, the others at angles up to pi: no ties, for the second embedder.
    angles = np.array([0.0, *(0.3 * rng.permutation(np.arange(1, len(names))))])
    small_vectors = np.column_stack([np.cos(angles), np.sin(angles)]) * np.arange(1, len(names) + 1)[:, None]
    rows = [
        ["query", "same", "above", "level", "below"],  # 0 above
        ["query", "level", "tie", "above", "tie again"],  # 1
        ["query", "below", "level", "tie", "above", "long", "against"],  # 4
        ["query", "nothing", "below", "level", "above"],  # 2
        ["query", "against", "below", "level", "tie", "above", "nothing"],  # 5
        ["query", "above", "same", "nothing"],  # 1
    ]
    code = dict(zip(names, codes, strict=True))
    return {
        "texts": codes,
        "vectors": vectors,
        "small_vectors": small_vectors,
        "drawn": [["query", *rng.permutation(names[1:])[: rng.integers(4, 9)].tolist()] for _ in range(12)],
        "names": names,
        "rows": [[code[name] for name in row] for row in rows],
    }


class CountingEmbedder:
    """Looks texts up in a table and counts the calls."""

    def __init__(self, texts: list[str], vectors: np.ndarray) -> None:
        self.table = dict(zip(texts, vectors, strict=True))
        self.dim = vectors.shape[1]
        self.calls = 0

    def __call__(self, text: str, normalize: bool = False) -> np.ndarray:
        """The vector of a text."""
        self.calls += 1
        vector = self.table[text].copy()
        length = np.linalg.norm(vector)
        return vector / length if normalize and length else vector


def observe_scorer(inputs: Inputs, scorer_class: Any) -> Observed:
    """Counts of hard negatives, hits and calls of the embedder."""
    code = dict(zip(inputs["names"], inputs["texts"], strict=True))
    rows = inputs["rows"]
    ks = [1, 2, 3, 5]
    embedder = CountingEmbedder(inputs["texts"], inputs["vectors"])
    scorer = build(scorer_class, ks, embedder)

    def hard(question: str, duplicate: str, negatives: list[str], asked: Any = scorer) -> Any:
        if isinstance(asked, Raised):
            return asked
        return attempt(
            lambda: asked._get_hard_negatives(code[question], code[duplicate], [code[name] for name in negatives])
        )

    def score(samples: list[list[str]], verbose: bool = False) -> Any:
        return scorer if isinstance(scorer, Raised) else attempt(lambda: scorer(samples, verbose=verbose))

    yield (
        "hard negatives of a duplicate in the middle",
        hard("query", "level", ["above", "below", "long", "against"]),
    )
    yield "cosine, not the scalar product", hard("query", "above", ["same", "level", "below"])
    yield "a tie is not above", hard("query", "level", ["tie", "tie again", "below"])
    short = build(scorer_class, ks, CountingEmbedder(inputs["texts"], inputs["vectors"] / 64))
    yield "vectors shorter than 1", hard("query", "above", ["same", "level", "below"], short)
    yield "a vector of zeros has cosine 0", hard("query", "nothing", ["above", "against", "below", "level"])
    yield "hits of one row", score([rows[1]])
    yield "hits of several rows of different length", score(rows)
    with redirect_stderr(io.StringIO()):  # the bar itself is not for the reader of the check
        yield "the same again, with a progress bar", score(rows, verbose=True)
    embedder.calls = 0
    score(rows)
    # A cached embedding is a right answer too, so only more calls than texts are a fault.
    yield "calls of the embedder beyond one a text", max(0, embedder.calls - sum(map(len, rows)))
    small = CountingEmbedder(inputs["texts"], inputs["small_vectors"])
    drawn = build(scorer_class, [1], small)
    yield (
        "rows drawn at random",
        [
            attempt(lambda row=row: drawn._get_hard_negatives(code[row[0]], code[row[1]], [code[n] for n in row[2:]]))
            for row in inputs["drawn"]
        ],
    )
    yield "the embedder given to __init__", attempt(lambda: scorer_class([1, 3], small)(rows[1:3]))


SCORER = Check(
    "ranking.scorer",
    scorer_inputs,
    observe_scorer,
    {
        "hard negatives of a duplicate in the middle": "count the negatives with a higher cosine than the duplicate",
        "cosine, not the scalar product": "divide the scalar product by both lengths",
        "a tie is not above": "a negative counts only when it is strictly above the duplicate",
        "vectors shorter than 1": "divide by the lengths, whether they are above 1 or below",
        "a vector of zeros has cosine 0": "give a zero vector the cosine 0 instead of dividing by its length",
        "hits of one row": "return {k: hits@k}; row[0] is the question, row[1] the duplicate, row[2:] the negatives",
        "hits of several rows of different length": "the share of rows whose count of hard negatives is below k",
        "the same again, with a progress bar": "verbose=True changes what is shown, never what is returned",
        "calls of the embedder beyond one a text": "embed each text of a row once; all k share the same counts",
        "rows drawn at random": "count, for each row anew, the negatives with a higher cosine than the duplicate",
        "the embedder given to __init__": "use the k and the embedder given to __init__, no global ones",
    },
    judge_cases,
)

# --- TextPreprocessor --------------------------------------------------------------------------------------


def text_preprocessor_inputs(seed: int) -> Inputs:
    """Nonsense words, so that the cases differ from seed to seed."""
    rng = np.random.default_rng([seed, 5])
    letters = np.array(list("bcdfgklmnprst"))
    return {"words": ["".join(rng.permutation(letters)[:size]) for size in (6, 5, 4, 3, 2, 7)]}


def observe_text_preprocessor(inputs: Inputs, preprocessor_class: Any) -> Observed:
    """Processed texts."""
    six, five, four, three, two, seven = inputs["words"]

    def run(text: str, *args: Any, **kwargs: Any) -> Any:
        return attempt(lambda: preprocessor_class(*args, **kwargs)(text))

    yield "lower case", run(f"{six.upper()} {five.capitalize()}", ["!"])
    yield "bad characters become spaces", run(f"{six}/{five}?{four}", ["/", "?"])
    yield "only the given characters are bad", run(f"{six}-{five}.{four}", ["."])
    yield "words joined by one space", run(f"  {six}  ,, {five}\t\n {four} ", [","])
    yield (
        "characters that a regex treats as special",
        run(rf"{six}]{five}^{four}\{three}-{seven}[{six}", list(r"]^\-[")),
    )
    yield "no bad characters: an empty list", run(f"{six.upper()} {five}!", [])
    yield "words of exactly min_word_length stay", run(f"{two} {three} {four}", ["!"], min_word_length=3)
    yield "min_word_length=0 keeps all", run(f"{two} {three} {four}", ["!"])
    yield "length is counted after cleaning", run(f"{two}!! {four}!", ["!"], min_word_length=4)
    yield "stopwords go", run(f"{six} {five} {four}", ["!"], stopwords={five})
    yield (
        "stopwords are compared after cleaning",
        run(f"{six} {five.upper()}! {four}", ["!"], stopwords={five}),
    )
    yield "a stopword inside a longer word stays", run(f"{three}{four} {three}", ["!"], stopwords={three})
    yield "stopwords=None", run(f"how to {six} the {five}", ["!"], min_word_length=1, stopwords=None)
    yield "everything together", run(f"{two} {six.upper()}, {five}/{four}", [",", "/"], 3, {four})
    yield "the empty text", run("", ["!"], 3, {four})


TEXT_PREPROCESSOR = Check(
    "ranking.text_preprocessor",
    text_preprocessor_inputs,
    observe_text_preprocessor,
    {
        "lower case": "text.lower(), and keep the result",
        "bad characters become spaces": "replace each bad character by a space, so that words do not glue together",
        "only the given characters are bad": "use the characters given to __init__, no list of your own",
        "words joined by one space": "split() and ' '.join leave exactly one space between words and none at the ends",
        "characters that a regex treats as special": "use str.translate, or re.escape before you build a pattern",
        "no bad characters: an empty list": "an empty list means that nothing is replaced",
        "words of exactly min_word_length stay": "keep a word when len(word) >= min_word_length",
        "min_word_length=0 keeps all": "by default no word is too short",
        "length is counted after cleaning": "clean first, then measure words",
        "stopwords go": "drop the words that are in stopwords",
        "stopwords are compared after cleaning": "lower-case and clean first, then compare with stopwords",
        "a stopword inside a longer word stays": "compare whole words, do not replace inside the text",
        "stopwords=None": "None means that there are no stopwords",
        "everything together": "clean, split, drop short words and stopwords, join",
        "the empty text": "the empty text stays empty",
    },
    judge_cases,
)
