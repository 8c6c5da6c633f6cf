"""Right answers to the exercises of `ranking` in many styles: see course_lib/authoring/bank.py."""


# %% word_vectors loops_over_similarities
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(["king", "woman"], ["man"], topn=1)[0][0]
    odd = embeddings.doesnt_match("breakfast cereal dinner lunch".split())
    best, closest = -2, None
    for word in ["water", "sound", "backpack", "mouse"]:
        if embeddings.similarity("music", word) > best:
            best, closest = embeddings.similarity("music", word), word
    return [analogy, odd, closest]


# %% word_vectors unit_vectors_by_hand
def sanity_queries(embeddings):
    def unit(word):
        return embeddings[word] / np.linalg.norm(embeddings[word])

    target = unit("woman") + unit("king") - unit("man")
    others = [word for word in embeddings.index_to_key if word not in ("woman", "king", "man")]
    analogy = max(others, key=lambda word: unit(word) @ target)
    meals = ["breakfast", "cereal", "dinner", "lunch"]
    centre = sum(unit(word) for word in meals)
    odd = meals[int(np.argmin([unit(word) @ centre for word in meals]))]
    choices = ["water", "sound", "backpack", "mouse"]
    closest = choices[int(np.argmax(embeddings.cosine_similarities(embeddings["music"], embeddings[choices])))]
    return analogy, odd, closest


# %% word_vectors named_tuple
from collections import namedtuple

Answers = namedtuple("Answers", "analogy odd closest")


def sanity_queries(embeddings):
    (analogy, _), *_ = embeddings.most_similar(positive=["woman", "king"], negative=["man"])
    odd = embeddings.rank_by_centrality(["breakfast", "cereal", "dinner", "lunch"])[-1][1]
    distances = embeddings.distances("music", ["water", "sound", "backpack", "mouse"])
    return Answers(analogy, odd, ["water", "sound", "backpack", "mouse"][distances.argmin()])


# %% validation_corpus plain_loop
num_samples = 0
total = 0
for question, duplicate, *negatives in validation:
    num_samples += 1
    total += len(negatives)
negatives_per_sample = total / num_samples


# %% validation_corpus numpy
lengths = np.array([len(row) for row in validation])
num_samples = lengths.size
negatives_per_sample = np.mean(lengths - 2)


# %% validation_corpus torch
import torch

sizes = torch.tensor([len(row[2:]) for row in validation], dtype=torch.float32)
num_samples = torch.tensor(len(sizes))
negatives_per_sample = sizes.mean()


# %% validation_corpus statistics
from statistics import fmean

num_samples = np.int32(len(validation))
negatives_per_sample = fmean(len(row) for row in validation) - 2


# %% embedder plain_loop
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        total = np.zeros(self.dim)
        count = 0
        for word in text.split(" "):
            if word in self.embeddings:
                total += self.embeddings[word]
                count += 1
        if count > 0:
            total /= count
        norm = np.sqrt(np.sum(total ** 2))
        if normalize and norm != 0:
            total /= norm
        return total


# %% embedder gensim_get_mean_vector
class Embedder:
    def __init__(self, embeddings, dim):
        self.wv, self.dim = embeddings, dim

    def __call__(self, text, normalize=False):
        words = [word for word in text.split() if word in self.wv]
        if not words:
            return np.zeros(self.dim, dtype=np.float32)
        return self.wv.get_mean_vector(words, pre_normalize=False, post_normalize=normalize)


# %% embedder vectorised_by_index
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings, self.dim = embeddings, dim

    def __call__(self, text, normalize=False):
        rows = [self.embeddings.key_to_index.get(word, -1) for word in text.split()]
        rows = np.array(rows, dtype=int)
        known = self.embeddings.vectors[rows[rows >= 0]].reshape(-1, self.dim)
        mean = known.sum(axis=0) / max(len(known), 1)
        return mean / max(np.linalg.norm(mean), 1e-12) if normalize else mean


# %% embedder torch_float32
import torch
import torch.nn.functional as F


class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [torch.tensor(self.embeddings[word]) for word in text.split() if word in self.embeddings]
        mean = torch.stack(vectors).mean(0) if vectors else torch.zeros(self.dim)
        return F.normalize(mean, dim=0) if normalize else mean


# %% embedder try_except
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = []
        for word in text.split():
            try:
                vectors.append(np.asarray(self.embeddings[word], dtype="float64"))
            except KeyError:
                pass
        vector = np.average(vectors, axis=0) if vectors else np.zeros((self.dim,))
        if normalize and vector.any():
            vector = vector / np.linalg.norm(vector, ord=2)
        return vector


# %% embedder cached_with_counter
from collections import Counter


class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings, self.dim, self.cache = embeddings, dim, {}

    def mean(self, text):
        if text not in self.cache:
            counts = Counter(word for word in text.split() if word in self.embeddings)
            total = sum(count * self.embeddings[word] for word, count in counts.items()) + np.zeros(self.dim)
            self.cache[text] = total / max(1, sum(counts.values()))
        return self.cache[text]

    def __call__(self, text, normalize=False):
        mean = self.mean(text)
        length = np.linalg.norm(mean)
        return mean / length if normalize and length else mean.copy()


# %% embedder subclass_with_sklearn
from sklearn.preprocessing import normalize as to_length_one


class WordMean:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def known(self, text):
        return filter(self.embeddings.__contains__, text.split())


class Embedder(WordMean):
    def __call__(self, text, normalize=False):
        vectors = np.array([self.embeddings.get_vector(word) for word in self.known(text)])
        mean = np.zeros(self.dim) if vectors.size == 0 else vectors.mean(0)
        return to_length_one(mean.reshape(1, -1))[0] if normalize else mean


# %% hits_at_k plain_loop
def hits_at_k(hard_negatives, ks):
    result = {}
    for k in ks:
        hits = 0
        for count in hard_negatives:
            if count + 1 <= k:
                hits += 1
        result[k] = hits / len(hard_negatives)
    return result


# %% hits_at_k one_matrix
def hits_at_k(hard_negatives, ks):
    shares = (np.asarray(hard_negatives)[:, None] < np.asarray(ks)[None, :]).mean(axis=0)
    return dict(zip(ks, shares))


# %% hits_at_k counter_and_default_dict
from collections import Counter, defaultdict


def hits_at_k(hard_negatives, ks):
    table = Counter(int(count) for count in hard_negatives)
    result = defaultdict(float)
    for k in ks:
        result[k] = sum(number for count, number in table.items() if count < k) / sum(table.values())
    return result


# %% hits_at_k sorted_search
from collections import OrderedDict


def hits_at_k(hard_negatives, ks):
    counts = np.sort(hard_negatives)
    return OrderedDict((np.int64(k), np.float32(np.searchsorted(counts, k, side="left") / len(counts))) for k in ks)


# %% hits_at_k torch
import torch


def hits_at_k(hard_negatives, ks):
    counts = torch.as_tensor(hard_negatives)
    return {k: (counts < k).float().mean() for k in ks}


# %% scorer plain_loop
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def _get_hard_negatives(self, q, pos, negs):
        def cosine(a, b):
            product = sum(x * y for x, y in zip(a, b))
            lengths = sum(x * x for x in a) ** 0.5 * sum(y * y for y in b) ** 0.5
            return product / lengths if lengths else 0

        question = self.embedder(q)
        duplicate = cosine(question, self.embedder(pos))
        above = 0
        for neg in negs:
            if cosine(question, self.embedder(neg)) > duplicate:
                above += 1
        return above

    def __call__(self, samples, verbose=False):
        counts = []
        for q, pos, *negs in tqdm(samples) if verbose else samples:
            counts.append(self._get_hard_negatives(q, pos, negs))
        return hits_at_k(counts, self.k)


# %% scorer normalized_embedder
class Scorer:
    def __init__(self, k, embedder):
        self.ks, self.embed = list(k), embedder

    def _get_hard_negatives(self, q, pos, negs):
        question, *candidates = [self.embed(text, normalize=True) for text in [q, pos, *negs]]
        duplicate, *others = np.array(candidates) @ question
        return np.count_nonzero(np.array(others) > duplicate)

    def __call__(self, samples, verbose=False):
        bar = tqdm(total=len(samples), disable=not verbose)
        hits = dict.fromkeys(self.ks, 0)
        for row in samples:
            above = self._get_hard_negatives(row[0], row[1], row[2:])
            for k in self.ks:
                hits[k] += above < k
            bar.update()
        return {k: number / len(samples) for k, number in hits.items()}


# %% scorer sklearn_cosine
from sklearn.metrics.pairwise import cosine_similarity


class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def _get_hard_negatives(self, q, pos, negs):
        matrix = np.vstack([self.embedder(text) for text in [q, pos] + list(negs)])
        cosines = cosine_similarity(matrix[:1], matrix[1:])[0]
        return (cosines[1:] > cosines[0]).sum()

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(s[0], s[1], s[2:]) for s in tqdm(samples, disable=not verbose)])
        return {k: (counts < k).mean() for k in self.k}


# %% scorer torch_cosine_float32
import torch
import torch.nn.functional as F


class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def _get_hard_negatives(self, q, pos, negs):
        question, *candidates = [torch.as_tensor(self.embedder(text), dtype=torch.float32) for text in [q, pos, *negs]]
        cosines = F.cosine_similarity(question[None, :], torch.stack(candidates), dim=1)
        return (cosines[1:] > cosines[0]).sum()

    def __call__(self, samples, verbose=False):
        rows = tqdm(samples) if verbose else samples
        counts = torch.stack([self._get_hard_negatives(row[0], row[1], row[2:]) for row in rows])
        return {k: (counts < k).double().mean() for k in self.k}


# %% scorer scipy_distance
from scipy.spatial.distance import cosine


class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def distance(self, a, b):
        return cosine(a, b) if a.any() and b.any() else 1.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        limit = self.distance(question, self.embedder(pos))
        return sum(1 for neg in negs if self.distance(question, self.embedder(neg)) < limit)

    def __call__(self, samples, verbose=False):
        if verbose:
            samples = tqdm(list(samples))
        counts = [self._get_hard_negatives(row[0], row[1], row[2:]) for row in samples]
        return {k: sum(count < k for count in counts) / len(counts) for k in self.k}


# %% scorer stable_sort_with_the_duplicate_first
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        pairs = []
        for place, text in enumerate([pos] + negs):
            vector = self.embedder(text)
            length = np.linalg.norm(question) * np.linalg.norm(vector)
            pairs.append((np.dot(question, vector) / length if length else 0.0, place))
        # the sort is stable, so the duplicate, which comes first, stays above its ties
        ranking = sorted(pairs, key=lambda pair: -pair[0])
        return [place for _, place in ranking].index(0)

    def __call__(self, samples, verbose=False):
        counts = [self._get_hard_negatives(q, pos, negs) for q, pos, *negs in tqdm(samples, disable=not verbose)]
        return {k: float(np.mean(np.array(counts) < k)) for k in self.k}


# %% scorer searchsorted_counts
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def _cosines(self, q, texts):
        question = np.asarray(self.embedder(q))
        matrix = np.asarray([self.embedder(text) for text in texts])
        norms = np.linalg.norm(matrix, axis=1) * np.linalg.norm(question)
        with np.errstate(invalid="ignore"):
            return np.nan_to_num(np.einsum("md,d->m", matrix, question) / norms)

    def _get_hard_negatives(self, q, pos, negs):
        duplicate, *others = self._cosines(q, (pos, *negs))
        return len(others) - np.searchsorted(np.sort(others), duplicate, side="right")

    def __call__(self, samples, verbose=False):
        counts = np.fromiter((self._get_hard_negatives(r[0], r[1], r[2:]) for r in samples), dtype=int)
        if verbose:
            for _ in tqdm(counts):
                pass
        return {k: np.float32((counts < k).mean()) for k in self.k}


# %% scorer angles
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def _angle(self, a, b):
        if not np.any(a) or not np.any(b):
            return np.pi / 2
        return np.arccos(np.clip(a / np.linalg.norm(a) @ (b / np.linalg.norm(b)), -1, 1))

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        limit = self._angle(question, self.embedder(pos))
        return len([neg for neg in negs if self._angle(question, self.embedder(neg)) < limit])

    def __call__(self, samples, verbose=False):
        counts = [self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)]
        return hits_at_k(np.array(counts), self.k)


# %% scorer cached_embeddings
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder
        self.cache = {}

    def _unit(self, text):
        if text not in self.cache:
            vector = self.embedder(text)
            self.cache[text] = vector / (np.linalg.norm(vector) or 1.0)
        return self.cache[text]

    def _get_hard_negatives(self, q, pos, negs):
        limit = self._unit(q) @ self._unit(pos)
        return sum(self._unit(q) @ self._unit(neg) > limit for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(r[0], r[1], r[2:]) for r in tqdm(samples, disable=not verbose)])
        return {k: (counts < k).mean() for k in self.k}


# %% text_preprocessor replace_loop
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        result = []
        for word in text.split():
            if len(word) < self.min_word_length:
                continue
            if self.stopwords is not None and word in self.stopwords:
                continue
            result.append(word)
        return " ".join(result)


# %% text_preprocessor regex_class
import re


class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.pattern = re.compile("[" + re.escape("".join(characters)) + "]") if characters else None
        self.min_word_length = min_word_length
        self.stopwords = set(stopwords or ())

    def __call__(self, text):
        text = text.lower()
        if self.pattern:
            text = self.pattern.sub(" ", text)
        return " ".join(w for w in text.split() if len(w) >= self.min_word_length and w not in self.stopwords)


# %% text_preprocessor regex_alternatives
import re


class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters, self.min_word_length, self.stopwords = characters, min_word_length, stopwords or []

    def __call__(self, text):
        text = text.lower()
        if len(self.characters) > 0:
            text = re.sub("|".join(re.escape(character) for character in self.characters), " ", text)
        for stopword in self.stopwords:
            text = re.sub(rf"(?<!\S){re.escape(stopword)}(?!\S)", " ", text)
        text = " ".join(filter(lambda word: len(word) >= self.min_word_length, text.split()))
        return re.sub(r"\s+", " ", text).strip()


# %% text_preprocessor letter_by_letter
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.bad = set(characters)
        self.shortest = min_word_length
        self.stopwords = frozenset() if stopwords is None else frozenset(stopwords)

    def words(self, text):
        cleaned = "".join(" " if letter in self.bad else letter for letter in text.lower())
        for word in cleaned.split():
            if len(word) >= self.shortest and word not in self.stopwords:
                yield word

    def __call__(self, text):
        return " ".join(self.words(text))


# %% text_preprocessor subclass
class Cleaner:
    def __init__(self, characters):
        self.table = {ord(character): " " for character in characters}

    def __call__(self, text):
        return text.lower().translate(self.table)


class TextPreprocessor(Cleaner):
    def __init__(self, characters, min_word_length=0, stopwords=None):
        super().__init__(characters)
        self.min_word_length = min_word_length
        self.stopwords = stopwords

    def __call__(self, text):
        words = super().__call__(text).split()
        words = [word for word in words if not len(word) < self.min_word_length]
        if self.stopwords:
            words = [word for word in words if word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor reduce_and_numpy
from functools import reduce


class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords

    def __call__(self, text):
        text = reduce(lambda t, character: " ".join(t.split(character)), self.characters, text.lower())
        words = np.array(text.split(), dtype=object)
        keep = np.array([len(w) >= self.min_word_length and w not in (self.stopwords or ()) for w in words], dtype=bool)
        return " ".join(words[keep])


# %% lift words_of_two_letters
text_preprocessor = TextPreprocessor(list(string.punctuation), min_word_length=2, stopwords=data.stopwords())


# %% lift all_lengths
text_preprocessor = TextPreprocessor(
    characters=[character for character in string.printable if not character.isalnum()],
    min_word_length=1,
    stopwords=data.stopwords(),
)


# %% lift more_stopwords
text_preprocessor = TextPreprocessor(
    string.punctuation, 2, data.stopwords() | {"using", "use", "way", "best", "get", "without", "one"}
)


# %% lift marks_that_occur_in_the_data
marks = sorted({letter for row in train for text in row for letter in text if not letter.isalnum() and letter not in " +#"})
text_preprocessor = TextPreprocessor(marks, min_word_length=2, stopwords=data.stopwords() | {"solved"})


# %% scorer small_number_against_division_by_zero
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)

        def cosine(text):
            vector = self.embedder(text)
            return question @ vector / (np.linalg.norm(question) * np.linalg.norm(vector) + 1e-8)

        similarity = cosine(pos)
        return sum(cosine(neg) > similarity for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = [self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)]
        return hits_at_k(counts, self.k)
