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


# %% split_vocabulary plain_loop
def split_vocabulary(texts, embeddings):
    known, unknown = set(), set()
    for text in texts:
        for word in text.split():
            if word in embeddings:
                known.add(word)
            else:
                unknown.add(word)
    return sorted(known), sorted(unknown)


# %% split_vocabulary set_algebra
def split_vocabulary(texts, embeddings):
    words = set(" ".join(texts).split())
    with_vector = words.intersection(embeddings.key_to_index)
    return [sorted(with_vector), sorted(words - with_vector)]


# %% split_vocabulary counter_and_partition
from itertools import chain, filterfalse


def split_vocabulary(texts, embeddings):
    counts = Counter(chain.from_iterable(map(str.split, texts)))
    order = sorted(counts)
    return list(filter(embeddings.has_index_for, order)), list(filterfalse(embeddings.has_index_for, order))


# %% split_vocabulary try_except_and_sort_in_place
def split_vocabulary(texts, embeddings):
    answer = {}
    for text in texts:
        for word in text.split():
            if word not in answer:
                try:
                    embeddings.get_index(word)
                    answer[word] = True
                except KeyError:
                    answer[word] = False
    known = [word for word, has_vector in answer.items() if has_vector]
    unknown = [word for word, has_vector in answer.items() if not has_vector]
    known.sort()
    unknown.sort()
    return known, unknown


# %% split_vocabulary numpy_unique
def split_vocabulary(texts, embeddings):
    words = np.unique([word for text in texts for word in text.split()])
    mask = np.array([word in embeddings for word in words], dtype=bool)
    return words[mask].tolist(), words[~mask].tolist()


# %% trigram_tokenizer plain_loops
class TrigramTokenizer:
    def __init__(self, words):
        all_trigrams = []
        for word in words:
            for trigram in self._get_trigrams(word):
                all_trigrams.append(trigram)
        self.trigram_to_index = {}
        for trigram in sorted(set(all_trigrams)):
            self.trigram_to_index[trigram] = len(self.trigram_to_index)
        self.vocab_size = len(self.trigram_to_index)

    def _get_trigrams(self, word):
        result = []
        padded = "#"
        padded += word
        padded += "#"
        i = 0
        while i + 3 <= len(padded):
            result.append(padded[i] + padded[i + 1] + padded[i + 2])
            i += 1
        return result

    def __call__(self, word):
        result = []
        for trigram in self._get_trigrams(word):
            index = self.trigram_to_index.get(trigram)
            if index is not None:
                result.append(index)
        return result


# %% trigram_tokenizer zip_and_chain
from itertools import chain, count


class TrigramTokenizer:
    def __init__(self, words):
        self._index = dict(zip(sorted({*chain.from_iterable(map(self._get_trigrams, words))}), count()))

    vocab_size = property(lambda self: len(self._index))

    @classmethod
    def _get_trigrams(cls, word):
        marked = ["#", *word, "#"]
        return ["".join(letters) for letters in zip(marked, marked[1:], marked[2:])]

    def __call__(self, word):
        return [self._index[trigram] for trigram in filter(self._index.__contains__, self._get_trigrams(word))]


# %% trigram_tokenizer regular_expression_and_bisect
import re
from bisect import bisect_left


class TrigramTokenizer:
    def __init__(self, words):
        self.trigrams = sorted(set().union(*(self._get_trigrams(word) for word in words)))

    @property
    def vocab_size(self):
        return len(self.trigrams)

    @staticmethod
    def _get_trigrams(word):
        return re.findall("(?=(...))", "#" + word + "#")

    def __call__(self, word):
        places = [(bisect_left(self.trigrams, trigram), trigram) for trigram in self._get_trigrams(word)]
        return [place for place, trigram in places if self.trigrams[place : place + 1] == [trigram]]


# %% trigram_tokenizer nltk_and_numpy
from nltk.util import ngrams


class TrigramTokenizer:
    def __init__(self, words):
        pieces = [piece for word in words for piece in self._get_trigrams(word)]
        self.table, inverse = np.unique(pieces, return_inverse=True)
        self.index = {str(piece): int(place) for piece, place in zip(pieces, inverse)}

    @property
    def vocab_size(self):
        return self.table.size

    def _get_trigrams(self, word):
        return ["".join(piece) for piece in ngrams(f"#{word}#", 3)]

    def __call__(self, word):
        ids = np.array([self.index.get(piece, -1) for piece in self._get_trigrams(word)])
        return ids[ids >= 0]


# %% trigram_tokenizer try_except_with_a_generator
class TrigramTokenizer:
    def __init__(self, words):
        seen = dict.fromkeys(t for word in words for t in self._get_trigrams(word))
        self.size = 0
        for trigram in sorted(seen):
            seen[trigram] = self.size
            self.size += 1
        self.seen = seen

    @property
    def vocab_size(self):
        return self.size

    @staticmethod
    def _get_trigrams(word):
        if len(word) == 1:
            return ["#" + word + "#"]
        inner = [word[i - 1 : i + 2] for i in range(1, len(word) - 1)]
        return ["#" + word[:2]] + inner + [word[-2:] + "#"]

    def _indices(self, word):
        for trigram in self._get_trigrams(word):
            try:
                yield self.seen[trigram]
            except KeyError:
                continue

    def __call__(self, word):
        return list(self._indices(word))


# %% trigram_dataset list_of_pairs
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        super().__init__()
        self.items = []
        for word in vocab:
            vector = torch.FloatTensor(w2v_embeddings[word].copy())
            self.items.append((vector, torch.LongTensor(tri_tokenizer(word))))

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% trigram_dataset one_matrix_and_plain_lists
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vocab = vocab
        self.matrix = torch.from_numpy(w2v_embeddings[vocab])
        self.ids = {word: tri_tokenizer(word) for word in vocab}

    def __len__(self):
        return self.matrix.shape[0]

    def __getitem__(self, idx):
        return self.matrix[idx], torch.tensor(self.ids[self.vocab[idx]]).long()


# %% trigram_dataset dataclass_items_cut_from_a_flat_tensor
from dataclasses import dataclass, field


@dataclass
class TrainTrigramDataset:
    vocab: list
    w2v_embeddings: object
    tri_tokenizer: object
    flat: list = field(default_factory=list)
    bounds: list = field(default_factory=lambda: [0])

    def __post_init__(self):
        for word in self.vocab:
            self.flat += self.tri_tokenizer(word)
            self.bounds.append(len(self.flat))
        self.flat = torch.as_tensor(self.flat, dtype=torch.int64)

    def __len__(self):
        return len(self.bounds) - 1

    def __getitem__(self, idx):
        vector = torch.as_tensor(np.array(self.w2v_embeddings.get_vector(self.vocab[idx]), dtype=np.float32))
        return vector, self.flat[self.bounds[idx] : self.bounds[idx + 1]]


# %% trigram_dataset numpy_inside
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        places = [w2v_embeddings.key_to_index[word] for word in vocab]
        self.vectors = w2v_embeddings.vectors[places].astype("float32")
        self.trigrams = [np.array(tri_tokenizer(word), dtype=np.int64) for word in vocab]

    def __len__(self):
        return len(self.vectors)

    def __getitem__(self, idx):
        return torch.from_numpy(self.vectors[idx]), torch.from_numpy(self.trigrams[idx])


# %% collate plain_loop
def collate_fn(batch):
    vectors = []
    indices = []
    offsets = []
    start = 0
    for vector, trigrams in batch:
        vectors.append(vector)
        offsets.append(start)
        for index in trigrams:
            indices.append(int(index))
            start += 1
    return torch.stack(vectors), torch.LongTensor(indices), torch.LongTensor(offsets)


# %% collate zip_and_shifted_cumsum
def collate_fn(batch):
    vectors, trigrams = zip(*batch)
    lengths = torch.tensor([ids.numel() for ids in trigrams])
    return torch.vstack(vectors), torch.hstack(trigrams), lengths.cumsum(0) - lengths


# %% collate numpy
def collate_fn(batch):
    vectors = np.array([item[0].numpy() for item in batch])
    indices = np.concatenate([item[1].numpy() for item in batch])
    offsets = np.cumsum([0] + [len(item[1]) for item in batch])[:-1]
    return torch.from_numpy(vectors), torch.from_numpy(indices), torch.from_numpy(offsets)


# %% collate itertools_accumulate
from itertools import accumulate, chain


def collate_fn(batch):
    indices = list(chain.from_iterable(ids.tolist() for _, ids in batch))
    *offsets, _ = accumulate((len(ids) for _, ids in batch), initial=0)
    matrix = torch.cat([vector.unsqueeze(0) for vector, _ in batch], dim=0)
    return [matrix, torch.tensor(indices).to(torch.int64), torch.tensor(offsets).to(torch.int64)]


# %% collate mask_of_a_padded_matrix
from collections import namedtuple

Batch = namedtuple("Batch", "vectors indices offsets")


def collate_fn(batch):
    padded = nn.utils.rnn.pad_sequence([ids for _, ids in batch], batch_first=True, padding_value=-1)
    real = padded >= 0
    offsets = F.pad(real.sum(dim=1).cumsum(dim=0)[:-1], (1, 0))
    return Batch(torch.stack([vector for vector, _ in batch]), padded[real], offsets)


# %% trigram_model parameter_and_functional
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.table = nn.Parameter(0.1 * torch.randn(num_embeddings, embedding_dim))

    def forward(self, trigrams, offsets):
        return F.embedding_bag(trigrams, self.table, offsets, mode="sum")


# %% trigram_model embedding_and_index_add
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.embedding = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        ends = torch.cat([offsets[1:], torch.tensor([len(trigrams)])])
        word_of_trigram = torch.repeat_interleave(torch.arange(len(offsets)), ends - offsets)
        result = torch.zeros(len(offsets), self.embedding_dim)
        return result.index_add(0, word_of_trigram, self.embedding(trigrams))


# %% trigram_model loop_over_words
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.emb = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        bounds = offsets.tolist() + [len(trigrams)]
        sums = []
        for start, end in zip(bounds[:-1], bounds[1:]):
            sums.append(self.emb(trigrams[start:end]).sum(dim=0))
        return torch.stack(sums)


# %% trigram_model counts_times_table
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.table = nn.Parameter(torch.empty(num_embeddings, embedding_dim))
        nn.init.xavier_uniform_(self.table)

    num_embeddings = property(lambda self: self.table.shape[0])
    embedding_dim = property(lambda self: self.table.shape[1])

    def forward(self, trigrams, offsets):
        counts = torch.zeros(len(offsets), self.num_embeddings)
        words = torch.searchsorted(offsets, torch.arange(len(trigrams)), right=True) - 1
        counts.index_put_((words, trigrams), torch.ones(len(trigrams)), accumulate=True)
        return counts @ self.table


# %% trigram_model split_and_padding
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.vectors = nn.Embedding(num_embeddings, embedding_dim)
        nn.init.uniform_(self.vectors.weight, -0.05, 0.05)

    def forward(self, trigrams, offsets):
        rows = self.vectors(trigrams).tensor_split(offsets[1:])
        return nn.utils.rnn.pad_sequence(list(rows), batch_first=True).sum(dim=1)


# %% trigram_model running_sum
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.table = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        sums = F.pad(self.table(trigrams).cumsum(dim=0), (0, 0, 1, 0))
        ends = F.pad(offsets[1:], (0, 1), value=len(trigrams))
        return sums[ends] - sums[offsets]


# %% trigram_model subclass_of_embedding_bag
class TrigramModel(nn.EmbeddingBag):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__(num_embeddings, embedding_dim, mode="sum", sparse=True)
        self.weight.data.normal_(0, 0.01)

    def forward(self, trigrams, offsets):
        return super().forward(trigrams, offsets)


# %% trainer lists_of_losses_and_sizes
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        losses, sizes = [], []
        for batch in dataloader:
            vectors, trigrams, offsets = batch
            output = self.model(trigrams, offsets)
            loss = self.criterion(output, vectors)
            self.model.zero_grad()
            loss.backward()
            self.optimizer.step()
            losses.append(float(loss))
            sizes.append(vectors.shape[0])
        return float(np.average(losses, weights=sizes))

    def train(self, dataloader, n_epochs, verbose=False):
        history = []
        for epoch in range(1, n_epochs + 1):
            loss = self._train_step(dataloader)
            history.append(loss)
            if verbose:
                print(f"{epoch}/{n_epochs}: {loss:.4f}")
        return history


# %% trainer closure
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train(True)
        total = torch.zeros(())
        count = 0
        for vectors, *inputs in dataloader:

            def closure():
                self.optimizer.zero_grad()
                loss = self.criterion(self.model(*inputs), vectors)
                loss.backward()
                return loss

            total += self.optimizer.step(closure).detach() * len(vectors)
            count += len(vectors)
        return (total / count).item()

    def train(self, dataloader, n_epochs, verbose=False):
        losses = [0.0] * n_epochs
        for epoch in range(n_epochs):
            losses[epoch] = self._train_step(dataloader)
            print(losses[epoch]) if verbose else None
        return losses


# %% trainer running_mean_and_cleared_at_the_end
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _batch_loss(self, vectors, trigrams, offsets):
        return self.criterion(self.model(trigrams, offsets), vectors)

    def _train_step(self, dataloader):
        mean, seen = 0.0, 0
        self.optimizer.zero_grad(set_to_none=False)
        for batch in tqdm(dataloader, disable=True):
            loss = self._batch_loss(*batch)
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad()
            seen += len(batch[0])
            mean += (loss.item() - mean) * len(batch[0]) / seen
        return mean

    def train(self, dataloader, n_epochs, verbose=False):
        self.model.train()
        history = []
        while len(history) < n_epochs:
            history += [self._train_step(dataloader)]
            if verbose:
                print("epoch", len(history), "loss", history[-1])
        return history


# %% trainer gradients_by_autograd
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        weights = list(self.model.parameters())
        sums = []
        for vectors, trigrams, offsets in dataloader:
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            for weight, gradient in zip(weights, torch.autograd.grad(loss, weights)):
                weight.grad = gradient
            self.optimizer.step()
            sums.append((loss.item() * len(offsets), len(offsets)))
        total, words = map(sum, zip(*sums))
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for _ in range(n_epochs):
            losses.append(self._train_step(dataloader))
        if verbose:
            print(*losses, sep="\n")
        return losses


# %% inference plain_lists
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.vocab = vocab
        self.tri_tokenizer = tri_tokenizer

    def __len__(self):
        return len(self.vocab)

    def __getitem__(self, idx):
        return self.tri_tokenizer(self.vocab[idx])


def inference_collate_fn(batch):
    indices = []
    offsets = []
    for ids in batch:
        offsets.append(len(indices))
        indices += ids
    return torch.LongTensor(indices), torch.LongTensor(offsets)


# %% inference numpy_items
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.items = [np.asarray(tri_tokenizer(word), dtype="int64") for word in vocab]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


def inference_collate_fn(batch):
    offsets = np.cumsum([0, *map(len, batch)], dtype="int64")[:-1]
    return torch.from_numpy(np.concatenate(batch)), torch.from_numpy(offsets)


# %% inference collate_fn_with_empty_vectors
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.ids = list(map(tri_tokenizer, vocab))

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, idx):
        return torch.empty(0), torch.tensor(self.ids[idx], dtype=torch.long)


def inference_collate_fn(batch):
    return collate_fn(batch)[1:]


# %% inference dictionary_items_and_accumulate
from itertools import accumulate


class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.rows = [{"word": word, "ids": tuple(tri_tokenizer(word))} for word in vocab]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, idx):
        return self.rows[idx]


def inference_collate_fn(batch):
    ids = [torch.tensor(row["ids"]).long() for row in batch]
    offsets = list(accumulate(map(len, ids[:-1]), initial=0))
    return torch.cat(ids), torch.as_tensor(offsets)


# %% inference subclass_of_list
class InferenceTrigramDataset(list):
    def __init__(self, vocab, tri_tokenizer):
        super().__init__(torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab)


def inference_collate_fn(batch):
    nested = torch.nn.utils.rnn.pad_sequence(batch, padding_value=-1).T
    lengths = (nested != -1).sum(1)
    return nested[nested != -1], lengths.cumsum(0).roll(1).index_fill(0, torch.tensor([0]), 0)


# %% complete_vectors word_by_word
def complete_vectors(words, embeddings, tri_tokenizer, model):
    result = {}
    model.eval()
    for word in words:
        if word in embeddings:
            result[word] = embeddings[word]
        else:
            with torch.no_grad():
                ids = torch.tensor(tri_tokenizer(word), dtype=torch.int64)
                result[word] = model(ids, torch.tensor([0]))[0].numpy()
    return result


# %% complete_vectors slices_by_hand
def complete_vectors(words, embeddings, tri_tokenizer, model):
    unknown = [word for word in words if word not in embeddings]
    was_training = model.training
    model.train(False)
    parts = [np.empty((0, embeddings.vector_size), dtype="float32")]
    with torch.inference_mode():
        for start in range(0, len(unknown), 50):
            dataset = InferenceTrigramDataset(unknown[start : start + 50], tri_tokenizer)
            batch = inference_collate_fn([dataset[place] for place in range(len(dataset))])
            parts.append(model(*batch).numpy())
    model.train(was_training)
    rows = iter(np.concatenate(parts))
    return {word: embeddings[word] if word in embeddings else next(rows) for word in words}


# %% complete_vectors iterator_over_the_loader
@torch.no_grad()
def _guessed(loader, model):
    model.eval()
    for trigrams, offsets in loader:
        yield from model(trigrams, offsets).cpu().numpy()


def complete_vectors(words, embeddings, tri_tokenizer, model):
    known, unknown = split_vocabulary(words, embeddings)
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=7, shuffle=False, collate_fn=inference_collate_fn)
    vectors = dict(zip(unknown, _guessed(loader, model)))
    vectors.update((word, np.array(embeddings.get_vector(word))) for word in known)
    return vectors


# %% complete_vectors all_at_once
from collections import OrderedDict


def complete_vectors(words, embeddings, tri_tokenizer, model):
    result = OrderedDict.fromkeys(words)
    missing = [word for word in result if word not in embeddings]
    if missing:
        flat, offsets = [], []
        for word in missing:
            offsets.append(len(flat))
            flat.extend(tri_tokenizer(word))
        model.eval()
        with torch.set_grad_enabled(False):
            matrix = model(torch.tensor(flat).long(), torch.tensor(offsets))
        for word, row in zip(missing, matrix.unbind()):
            result[word] = np.asarray(row, dtype=np.float32)
    for word in words:
        if result[word] is None:
            result[word] = embeddings[word]
    return result


# %% trigram_lift larger_batches_and_steps
torch.manual_seed(1)
tri_tokenizer = TrigramTokenizer(known_words)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
loader = DataLoader(
    TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer), batch_size=128, shuffle=True, collate_fn=collate_fn
)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.02, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=6)


# %% trigram_lift large_batches_without_weight_decay
torch.manual_seed(2)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=256, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=10)


# %% trigram_lift zeros_and_adagrad
torch.manual_seed(3)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
for weight in trigram_model.parameters():
    nn.init.zeros_(weight)
optimizer = torch.optim.Adagrad(trigram_model.parameters(), lr=0.1)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=8)


# %% vocabulary plain_loops
def build_vocabulary(texts, min_count=1):
    counts = {}
    for text in texts:
        for word in text.split():
            if word not in counts:
                counts[word] = 0
            counts[word] += 1
    vocab = []
    for word in counts:
        if counts[word] >= min_count:
            vocab.append(word)
    vocab.sort()
    return vocab


# %% vocabulary numpy_unique
def build_vocabulary(texts, min_count=1):
    words, counts = np.unique(np.array(" ".join(texts).split(), dtype=str), return_counts=True)
    return words[counts >= min_count].tolist()


# %% vocabulary sorted_and_grouped
from itertools import chain, groupby


def build_vocabulary(texts, min_count=1):
    words = sorted(chain.from_iterable(map(str.split, texts)))
    return [word for word, same in groupby(words) if sum(1 for _ in same) >= min_count]


# %% vocabulary default_dict_and_filter
from collections import defaultdict


def build_vocabulary(texts, min_count=1):
    counts = defaultdict(int)
    for word in "\n".join(texts).split():
        counts[word] += 1
    return sorted(filter(lambda word: not counts[word] < min_count, counts))


# %% text_tokenizer zip_and_get
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab_size = len(vocab)
        self.word_to_id = dict(zip(vocab, range(len(vocab))))

    def __call__(self, text):
        found = (self.word_to_id.get(word) for word in text.split())
        return [index for index in found if index is not None]


# %% text_tokenizer try_except
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab = list(vocab)
        self.ids = {}
        for word in self.vocab:
            self.ids[word] = len(self.ids)

    @property
    def vocab_size(self):
        return len(self.vocab)

    def __call__(self, text):
        result = []
        for word in text.split():
            try:
                result.append(self.ids[word])
            except KeyError:
                continue
        return result


# %% text_tokenizer list_index
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab, self.known = vocab, frozenset(vocab)

    vocab_size = property(lambda self: len(self.vocab))

    def __call__(self, text):
        return list(map(self.vocab.index, filter(self.known.__contains__, text.split(" "))))


# %% text_tokenizer dictionary_subclass
class TextTokenizer(dict):
    def __init__(self, vocab):
        super().__init__((word, np.int64(place)) for place, word in enumerate(vocab))
        self.vocab_size = len(self)

    def __call__(self, text):
        return [self[word] for word in text.split() if word in self]


# %% form_pairs plain_loops
def form_pairs(groups, way):
    pairs = []
    for group in groups:
        for i in range(len(group)):
            for j in range(i + 1, len(group)):
                if way == "all" or (way == "star" and i == 0) or (way == "first" and j == 1):
                    pairs.append((group[i], group[j]))
    return pairs


# %% form_pairs itertools
from itertools import chain, product


def form_pairs(groups, way):
    ways = {
        "first": lambda group: [group[:2]],
        "star": lambda group: product(group[:1], group[1:]),
        "all": lambda group: combinations(group, 2),
    }
    return [tuple(pair) for pair in chain.from_iterable(map(ways[way], groups))]


# %% form_pairs generator_with_match
def form_pairs(groups, way):
    def pairs_of(first, *others):
        match way:
            case "first":
                yield first, others[0]
            case "star":
                yield from ((first, other) for other in others)
            case "all":
                yield from ((first, other) for other in others)
                if len(others) > 1:
                    yield from pairs_of(*others)

    return [pair for group in groups for pair in pairs_of(*group)]


# %% form_pairs numpy_triangle
def form_pairs(groups, way):
    pairs = []
    for group in groups:
        rows, columns = np.triu_indices(len(group), k=1)
        if way != "all":
            rows, columns = rows[rows == 0], columns[rows == 0]
        pairs += [(group[i], group[j]) for i, j in zip(rows, columns)][: 1 if way == "first" else None]
    return pairs


# %% question_dataset two_lists
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        super().__init__()
        self.questions, self.duplicates = [], []
        for question, duplicate in question_pairs:
            self.questions.append(tokenizer(question))
            self.duplicates.append(tokenizer(duplicate))

    def __len__(self):
        return len(self.questions)

    def __getitem__(self, idx):
        return self.questions[idx], self.duplicates[idx]


# %% question_dataset flat_with_stride
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.ids = [tokenizer(text) for pair in question_pairs for text in pair]

    def __len__(self):
        return len(self.ids) // 2

    def __getitem__(self, idx):
        return self.ids[2 * idx : 2 * idx + 2]


# %% question_dataset each_text_once
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.question_pairs = question_pairs
        texts = {text for pair in question_pairs for text in pair}
        self.known = {text: tokenizer(text) for text in texts}

    def __len__(self):
        return len(self.question_pairs)

    def __getitem__(self, idx):
        question, duplicate = self.question_pairs[idx]
        return list(self.known[question]), list(self.known[duplicate])


# %% question_dataset subclass_of_list
class QuestionDuplicatesDataset(list):
    def __init__(self, question_pairs, tokenizer):
        super().__init__(tuple(map(tokenizer, pair)) for pair in question_pairs)


# %% ids_and_offsets cumulative_sum
def get_ids_and_offsets(questions):
    lengths = torch.tensor([len(question) for question in questions])
    ids = torch.tensor(sum((list(question) for question in questions), []), dtype=torch.long)
    return ids, lengths.cumsum(dim=0) - lengths


# %% ids_and_offsets numpy
def get_ids_and_offsets(questions):
    lengths = np.array([0] + [len(question) for question in questions])
    ids = np.concatenate([np.asarray(question, dtype=np.int64) for question in questions])
    return torch.from_numpy(ids), torch.from_numpy(np.cumsum(lengths)[:-1])


# %% ids_and_offsets itertools
from itertools import accumulate, chain


def get_ids_and_offsets(questions):
    starts = accumulate(map(len, questions), initial=0)
    offsets = [start for start, _ in zip(starts, questions)]
    return torch.LongTensor(list(chain(*questions))), torch.LongTensor(offsets)


# %% ids_and_offsets torch_cat
def get_ids_and_offsets(questions):
    tensors = [torch.tensor(question, dtype=torch.int64) for question in questions]
    offsets = torch.zeros(len(tensors), dtype=torch.int64)
    for place in range(1, len(tensors)):
        offsets[place] = offsets[place - 1] + tensors[place - 1].numel()
    return torch.cat(tensors), offsets


# %% pair_collate list_comprehensions
def pair_collate_fn(batch):
    questions = [question for question, _ in batch]
    duplicates = [duplicate for _, duplicate in batch]
    return get_ids_and_offsets(questions), get_ids_and_offsets(duplicates)


# %% pair_collate map_over_zip
def pair_collate_fn(batch):
    return tuple(map(get_ids_and_offsets, zip(*batch)))


# %% pair_collate nested_function
def pair_collate_fn(batch):
    def flat(place):
        ids, offsets = [], []
        for item in batch:
            offsets.append(len(ids))
            ids += list(item[place])
        return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)

    return [flat(0), flat(1)]


# %% pair_collate all_texts_at_once
def pair_collate_fn(batch):
    size = len(batch)
    ids, offsets = get_ids_and_offsets([pair[0] for pair in batch] + [pair[1] for pair in batch])
    border = offsets[size]
    return (ids[:border], offsets[:size]), (ids[border:], offsets[size:] - border)


# %% dssm_model slicing_loop
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.embeddings = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, ids, offsets):
        ends = torch.cat([offsets[1:], torch.tensor([len(ids)])])
        rows = []
        for start, end in zip(offsets, ends):
            words = self.embeddings(ids[start:end])
            rows.append(words.mean(dim=0) if len(words) > 0 else torch.zeros(self.embedding_dim))
        return torch.stack(rows)


# %% dssm_model embedding_and_index_add
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.table = nn.Embedding(num_embeddings, embedding_dim)
        nn.init.normal_(self.table.weight, std=0.1)

    def forward(self, ids, offsets):
        lengths = torch.diff(offsets, append=torch.tensor([len(ids)]))
        rows = torch.repeat_interleave(torch.arange(len(offsets)), lengths)
        sums = torch.zeros(len(offsets), self.embedding_dim).index_add(0, rows, self.table(ids))
        return sums / lengths.clamp(min=1)[:, None]


# %% dssm_model parameter_and_matrix_of_shares
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.table = nn.Parameter(0.1 * torch.randn(num_embeddings, embedding_dim))

    @property
    def num_embeddings(self):
        return self.table.shape[0]

    @property
    def embedding_dim(self):
        return self.table.shape[1]

    def forward(self, ids, offsets):
        place = torch.searchsorted(offsets, torch.arange(len(ids)), right=True) - 1
        counts = torch.zeros(len(offsets), self.num_embeddings)
        counts.index_put_((place, ids), torch.ones(len(ids)), accumulate=True)
        return counts @ self.table / counts.sum(dim=1, keepdim=True).clamp(min=1)


# %% dssm_model subclass_of_embedding_bag
class DssmLikeModel(nn.EmbeddingBag):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__(num_embeddings, embedding_dim, mode="mean")


# %% dssm_model sum_divided_by_lengths
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.weight = nn.Parameter(torch.empty(num_embeddings, embedding_dim).uniform_(-0.1, 0.1))

    def forward(self, ids, offsets):
        bounds = offsets.tolist() + [ids.numel()]
        lengths = torch.tensor([max(1, b - a) for a, b in zip(bounds, bounds[1:])])
        sums = F.embedding_bag(ids, self.weight, offsets, mode="sum")
        return sums / lengths.unsqueeze(1)


# %% nt_xent normalize_and_cross_entropy
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha, self.eps = alpha, eps
        self.cross_entropy = nn.CrossEntropyLoss()

    def forward(self, embeddings, positives):
        q = F.normalize(embeddings, dim=-1, eps=self.eps)
        d = F.normalize(positives, dim=-1, eps=self.eps)
        logits = torch.einsum("id,jd->ij", q, d) / self.alpha
        target = torch.arange(logits.size(0), device=logits.device)
        return (self.cross_entropy(logits, target) + self.cross_entropy(logits.t(), target)) / 2


# %% nt_xent cosine_similarity
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        scores = F.cosine_similarity(embeddings[:, None, :], positives[None, :, :], dim=-1, eps=self.eps) / self.alpha
        rows = F.log_softmax(scores, dim=1).diagonal()
        columns = F.log_softmax(scores, dim=0).diagonal()
        return -(rows + columns).mean() / 2


# %% nt_xent logsumexp
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def unit(self, vectors):
        lengths = torch.linalg.vector_norm(vectors, dim=1, keepdim=True)
        return vectors / torch.maximum(lengths, torch.full_like(lengths, self.eps))

    def forward(self, embeddings, positives):
        scores = self.unit(embeddings).mm(self.unit(positives).t()).div(self.alpha)
        both = torch.logsumexp(scores, 0) + torch.logsumexp(scores, 1)
        return 0.5 * (both - 2 * torch.diagonal(scores)).mean()


# %% nt_xent loop_over_pairs
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        def unit(vector):
            length = (vector ** 2).sum().sqrt()
            return vector / length if length > self.eps else vector / self.eps

        q, d = [unit(v) for v in embeddings], [unit(v) for v in positives]
        total = 0
        for i in range(len(q)):
            row = torch.stack([q[i] @ d[j] / self.alpha for j in range(len(d))])
            column = torch.stack([q[j] @ d[i] / self.alpha for j in range(len(q))])
            total = total - 0.5 * torch.log_softmax(row, 0)[i] - 0.5 * torch.log_softmax(column, 0)[i]
        return total / len(q)


# %% nt_xent identity_matrix_of_targets
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        units = [x / x.norm(p=2, dim=1).clamp_min(self.eps).unsqueeze(-1) for x in (embeddings, positives)]
        scores = torch.matmul(units[0], units[1].transpose(0, 1)) / self.alpha
        target = torch.eye(scores.shape[0], dtype=scores.dtype)
        stacked = torch.cat([scores, scores.transpose(0, 1)])
        return F.cross_entropy(stacked, torch.cat([target, target]))


# %% nt_xent logarithm_by_hand_shifted
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        eps = torch.tensor(self.eps)
        q = embeddings / torch.max(eps, torch.norm(embeddings, dim=1).view(-1, 1))
        d = positives / torch.max(eps, torch.norm(positives, dim=1).view(-1, 1))
        one = one_direction(torch.mm(q, d.T) / self.alpha)
        other = one_direction(torch.mm(d, q.T) / self.alpha)
        return torch.mean(0.5 * one + 0.5 * other)


def one_direction(scores):
    shifted = scores - scores.max(dim=1, keepdim=True).values
    return shifted.exp().sum(dim=1).log() - shifted.diag()


# %% pair_trainer plain_loop
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.model = model
        self.optimizer = optimizer
        self.criterion = criterion
        self.logdir = logdir
        self.device = "cpu" if device is None else device
        self.model.to(self.device)

    def train(self, dataloaders, n_epochs, verbose=False):
        writer = None
        if self.logdir is not None:
            writer = SummaryWriter(log_dir=self.logdir)
        train_losses, eval_losses = [], []
        step = 0
        for epoch in range(n_epochs):
            self.model.train()
            loss_sum = 0
            n = 0
            for q, d in tqdm(dataloaders["train"], disable=not verbose):
                q_vectors = self.model(q[0].to(self.device), q[1].to(self.device))
                d_vectors = self.model(d[0].to(self.device), d[1].to(self.device))
                loss = self.criterion(q_vectors, d_vectors)
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
                if writer is not None:
                    writer.add_scalar("loss/train", loss.item(), step)
                step += 1
                loss_sum += loss.item() * len(q_vectors)
                n += len(q_vectors)
            train_losses.append(loss_sum / n)

            self.model.eval()
            loss_sum = 0
            n = 0
            with torch.no_grad():
                for q, d in dataloaders["eval"]:
                    q_vectors = self.model(q[0].to(self.device), q[1].to(self.device))
                    d_vectors = self.model(d[0].to(self.device), d[1].to(self.device))
                    loss_sum += self.criterion(q_vectors, d_vectors).item() * len(q_vectors)
                    n += len(q_vectors)
            eval_losses.append(loss_sum / n)
            if writer is not None:
                writer.add_scalar("loss/validation", eval_losses[-1], epoch)
        if writer is not None:
            writer.close()
        return {"train": train_losses, "eval": eval_losses}


# %% pair_trainer with_statement_and_inference_mode
from contextlib import nullcontext


class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.model, self.optimizer, self.criterion = model, optimizer, criterion
        self.logdir, self.device = logdir, torch.device(device or "cpu")
        self.step = 0
        model.to(self.device)

    def _calculate_loss(self, batch):
        return self.criterion(*(self.model(*(part.to(self.device) for part in half)) for half in batch))

    def _train_step(self, dataloader, writer):
        self.model.train()
        losses, sizes = [], []
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.model.zero_grad()
            loss.backward()
            self.optimizer.step()
            losses.append(float(loss))
            sizes.append(batch[1][1].numel())
            if writer:
                writer.add_scalar("loss/train", losses[-1], global_step=self.step)
            self.step += 1
        return float(np.average(losses, weights=sizes))

    @torch.inference_mode()
    def _eval_step(self, dataloader):
        self.model.eval()
        rows = np.array([(self._calculate_loss(batch).item(), len(batch[0][1])) for batch in dataloader])
        return float(rows[:, 0] @ rows[:, 1] / rows[:, 1].sum())

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        with SummaryWriter(self.logdir) if self.logdir else nullcontext() as writer:
            for epoch in range(n_epochs):
                history["train"].append(self._train_step(dataloaders["train"], writer))
                history["eval"].append(self._eval_step(dataloaders["eval"]))
                if writer:
                    writer.add_scalar("loss/validation", history["eval"][epoch], epoch)
                if verbose:
                    print(epoch, history)
        return history


# %% pair_trainer one_pass_for_both
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = device if device is not None else "cpu"
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = None if logdir is None else SummaryWriter(logdir, flush_secs=30)
        self.batches = {"train": 0, "eval": 0}

    def one_pass(self, dataloader, part):
        training = part == "train"
        self.model.train(training)
        total, pairs = torch.zeros(()), 0
        with torch.set_grad_enabled(training):
            for (q_ids, q_at), (d_ids, d_at) in dataloader:
                q = self.model(q_ids.to(self.device), q_at.to(self.device))
                d = self.model(d_ids.to(self.device), d_at.to(self.device))
                loss = self.criterion(q, d)
                if training:
                    self.optimizer.zero_grad(set_to_none=False)
                    loss.backward()
                    self.optimizer.step()
                    self.write("loss/train", loss.detach(), self.batches[part])
                self.batches[part] += 1
                total += loss.detach().cpu() * len(q_at)
                pairs += len(q_at)
        return (total / pairs).item()

    def write(self, tag, value, step):
        if self.writer is not None:
            self.writer.add_scalar(tag, value, step)

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {part: [] for part in ("train", "eval")}
        for epoch in range(n_epochs):
            for part, losses in history.items():
                losses.append(self.one_pass(dataloaders[part], part))
            self.write("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(f"{epoch}: {history['train'][-1]:.3f} {history['eval'][-1]:.3f}")
        if self.writer is not None:
            self.writer.flush()
            self.writer.close()
        return history


# %% pair_trainer step_from_epoch_and_batch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device("cpu") if device is None else torch.device(device)
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.logdir = logdir

    def _loss_and_size(self, batch):
        def vectors(half):
            ids, offsets = half
            return self.model(ids.to(self.device), offsets.to(self.device))

        questions, duplicates = batch
        return self.criterion(vectors(questions), vectors(duplicates)), len(questions[1])

    def train(self, dataloaders, n_epochs, verbose=False):
        writer = SummaryWriter(self.logdir) if self.logdir else None
        train_losses, eval_losses = [], []
        try:
            for epoch in range(n_epochs):
                self.model.train()
                seen = []
                for number, batch in enumerate(dataloaders["train"]):
                    self.optimizer.zero_grad()
                    loss, size = self._loss_and_size(batch)
                    loss.backward()
                    self.optimizer.step()
                    seen.append((loss.item(), size))
                    if writer:
                        writer.add_scalar("loss/train", seen[-1][0], epoch * len(dataloaders["train"]) + number)
                train_losses.append(sum(loss * size for loss, size in seen) / sum(size for _, size in seen))
                eval_losses.append(self.evaluate(dataloaders["eval"]))
                if writer:
                    writer.add_scalar("loss/validation", eval_losses[-1], epoch)
        finally:
            if writer:
                writer.close()
        return dict(train=train_losses, eval=eval_losses)

    @torch.no_grad()
    def evaluate(self, loader):
        self.model.eval()
        seen = [self._loss_and_size(batch) for batch in loader]
        return sum(loss.item() * size for loss, size in seen) / sum(size for _, size in seen)


# %% pair_trainer length_of_loader_dataset
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / len(dataloader.dataset)

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / len(dataloader.dataset)

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer numpy_float64
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return np.float64(total) / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return np.float64(total) / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% dssm_lift fewer_dimensions_and_larger_steps
torch.manual_seed(42)
np.random.seed(42)
text_tokenizer = TextTokenizer(build_vocabulary([text for group in train_cleaned for text in group], min_count=2))
eval_groups, train_groups = train_cleaned[:200], train_cleaned[200:]
train_loader = DataLoader(
    QuestionDuplicatesDataset(form_pairs(train_groups, "all"), text_tokenizer),
    batch_size=256,
    shuffle=True,
    collate_fn=pair_collate_fn,
)
eval_loader = DataLoader(
    QuestionDuplicatesDataset(form_pairs(eval_groups, "first"), text_tokenizer),
    batch_size=256,
    collate_fn=pair_collate_fn,
)
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 48)
trainer = PairTrainer(dssm_model, torch.optim.Adam(dssm_model.parameters(), lr=0.02), NTExentLoss(alpha=0.1))
history = trainer.train({"train": train_loader, "eval": eval_loader}, n_epochs=5)


# %% dssm_lift adamw_and_star
def loader_of(groups, way, shuffle):
    pairs = QuestionDuplicatesDataset(form_pairs(groups, way), text_tokenizer)
    return DataLoader(pairs, batch_size=64, shuffle=shuffle, collate_fn=pair_collate_fn)


torch.manual_seed(7)
order = torch.randperm(len(train_cleaned)).tolist()
groups = [train_cleaned[place] for place in order]
text_tokenizer = TextTokenizer(build_vocabulary([text for group in groups for text in group]))
loaders = {"train": loader_of(groups[200:], "star", True), "eval": loader_of(groups[:200], "all", False)}
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 100)
optimizer = torch.optim.AdamW(dssm_model.parameters(), lr=0.01, weight_decay=0.001)
history = PairTrainer(dssm_model, optimizer, NTExentLoss(alpha=0.08), device="cpu").train(loaders, 5)


# %% dssm_lift best_of_several_epochs
torch.manual_seed(1)
words = build_vocabulary([text for group in train_cleaned for text in group])
text_tokenizer = TextTokenizer(words)
parts = {"train": train_cleaned[:-200], "eval": train_cleaned[-200:]}
loaders = {}
for part in parts:
    dataset = QuestionDuplicatesDataset(form_pairs(parts[part], "all"), text_tokenizer)
    loaders[part] = DataLoader(dataset, 128, shuffle=part == "train", collate_fn=pair_collate_fn)
dssm_model = DssmLikeModel(len(words), 64)
nn.init.uniform_(next(dssm_model.parameters()), -0.05, 0.05)
optimizer = torch.optim.Adam(dssm_model.parameters(), lr=0.01)
trainer = PairTrainer(dssm_model, optimizer, NTExentLoss(alpha=0.15))
history, best, kept = {"train": [], "eval": []}, float("inf"), None
for epoch in range(5):
    for part, losses in trainer.train(loaders, 1).items():
        history[part] += losses
    if history["eval"][-1] < best:
        best, kept = history["eval"][-1], {name: w.clone() for name, w in dssm_model.state_dict().items()}
dssm_model.load_state_dict(kept)


# %% cosine_trigrams plain_loop_over_four_letter_pieces
torch.manual_seed(2)


def letters(word):
    return [f"#{word}#"[i : i + n] for n in (3, 4) for i in range(len(word) + 3 - n)]


numbers = {piece: i for i, piece in enumerate(sorted({piece for word in known_words for piece in letters(word)}))}
bag = nn.EmbeddingBag(len(numbers), wv_embeddings.vector_size, mode="sum")
nn.init.normal_(bag.weight, std=0.01)
wanted = torch.tensor(wv_embeddings[known_words])


def run(words, keep=1.0):
    ids = [[numbers[piece] for piece in letters(word) if piece in numbers] for word in words]
    offsets = torch.tensor([0, *map(len, ids)]).cumsum(0)[:-1]
    flat = torch.tensor([i for row in ids for i in row], dtype=torch.int64)
    weights = torch.ones(len(flat)) if keep == 1 else torch.bernoulli(torch.full((len(flat),), keep)) / keep
    return bag(flat, offsets, per_sample_weights=weights)


adam = torch.optim.Adam(bag.parameters(), lr=4e-3, weight_decay=2.5e-4)
for _ in range(12):
    for batch in torch.randperm(len(known_words)).split(64):
        loss = 1 - F.cosine_similarity(run([known_words[i] for i in batch], 0.7), wanted[batch]).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
with torch.no_grad():
    length = run(known_words).norm(dim=1).mean()


def cosine_vectors(words):
    missing = [word for word in words if word not in wv_embeddings]
    with torch.no_grad():
        found = dict(zip(missing, (run(missing) / length).numpy()))
    return {word: found[word] if word in found else wv_embeddings[word] for word in words}


# %% cosine_trigrams other_settings
torch.manual_seed(3)
tokenizer = PieceTokenizer(known_words)
model = CosineModel(tokenizer.vocab_size, wv_embeddings.vector_size)
model.dropout = nn.Dropout(0.25)
loader = DataLoader(TrainTrigramDataset(known_words, wv_embeddings, tokenizer), 48, shuffle=True, collate_fn=collate_fn)
Trainer(model, cosine_distance, torch.optim.Adam(model.parameters(), lr=3e-3, weight_decay=2e-4)).train(loader, 12)
with torch.no_grad():
    _, indices, offsets = collate_fn(list(loader.dataset))
    model.length = model.eval()(indices, offsets).norm(dim=1).mean()


def cosine_vectors(words):
    return complete_vectors(words, wv_embeddings, tokenizer, model)


# %% char_lstm twenty_epochs_of_smaller_steps
torch.manual_seed(4)
reader = CharLstmModel(known_words, wv_embeddings.vector_size)
train_vectors = torch.tensor(wv_embeddings[known_words])
adam = torch.optim.Adam(
    [
        {"params": [reader.pieces.weight], "weight_decay": 2.5e-4},
        {"params": [p for n, p in reader.named_parameters() if n != "pieces.weight"]},
    ],
    lr=8e-3,
)
for _ in range(12):
    others = torch.randint(len(known_words), (len(known_words),))
    yes = torch.rand(len(known_words)) < 0.5
    texts = [word + known_words[j] if glue else word for word, j, glue in zip(known_words, others, yes)]
    targets = torch.where(yes[:, None], train_vectors + train_vectors[others], train_vectors)
    for batch in torch.randperm(len(known_words)).split(96):
        loss = (1 - F.cosine_similarity(reader([texts[i] for i in batch]), targets[batch])).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
reader.eval()


def lstm_vectors(words):
    missing = [word for word in words if word not in wv_embeddings]
    with torch.no_grad():
        scale = reader(known_words).norm(dim=1).mean()
        found = torch.cat([reader(missing[i : i + 500]) for i in range(0, len(missing), 500)]) / scale
    return {**{w: wv_embeddings[w] for w in words if w in wv_embeddings}, **dict(zip(missing, found.numpy()))}


# %% char_lstm another_seed_without_dropout
torch.manual_seed(5)
other_model = CharLstmModel(known_words, wv_embeddings.vector_size)
other_model.dropout = nn.Identity()
adam = torch.optim.Adam(
    [
        {"params": [other_model.pieces.weight], "weight_decay": 2.5e-4},
        {"params": [p for n, p in other_model.named_parameters() if n != "pieces.weight"]},
    ],
    lr=0.01,
)
rng = np.random.default_rng(5)
truth = wv_embeddings[known_words]
for _ in range(12):
    second = rng.permutation(len(known_words))
    mixed = [known_words[i] + known_words[j] if i % 2 == j % 2 else known_words[i] for i, j in enumerate(second)]
    aims = torch.tensor(np.stack([truth[i] + truth[j] * (i % 2 == j % 2) for i, j in enumerate(second)]))
    for part in np.array_split(rng.permutation(len(known_words)), 10):
        loss = -F.cosine_similarity(other_model([mixed[i] for i in part]), aims[part]).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
other_model.eval()


def lstm_vectors(words):
    result = {}
    with torch.no_grad():
        length = float(other_model(known_words).norm(dim=1).mean())
        fresh = sorted(set(words) - set(wv_embeddings.index_to_key))
        for chunk in (fresh[i : i + 256] for i in range(0, len(fresh), 256)):
            result.update(zip(chunk, other_model(chunk).numpy() / length))
    return result | {word: wv_embeddings[word] for word in words if word not in result}


# %% ngram_bags hashed_units_summed
import zlib


class Hashed(nn.Module):
    def __init__(self, buckets=2**15, dim=64):
        super().__init__()
        self.buckets = buckets
        self.bag = nn.EmbeddingBag(buckets, dim, mode="sum")
        nn.init.normal_(self.bag.weight, std=0.1)

    def encode(self, text):
        words = split_words(text)
        units = [*words, *(a + " " + b for a, b in zip(["<"] + words, words + [">"]))]
        units += ["~" + f"#{w}#"[i : i + 3] for w in words for i in range(len(w))]
        return [zlib.crc32(unit.encode()) % self.buckets for unit in units]

    def forward(self, encoded):
        flat = torch.tensor([i for row in encoded for i in row], dtype=torch.long)
        starts = torch.tensor([0] + [len(row) for row in encoded[:-1]]).cumsum(0)
        return self.bag(flat, starts)


torch.manual_seed(6)
hashed = train_on_pairs(Hashed(), train, epochs=4, alpha=0.2)


def ngram_embed(texts):
    return embed_with(hashed, texts)


# %% ngram_bags dssm_like_model_with_another_tokenizer
class UnitTokenizer:
    def __init__(self, texts):
        self.index = number_units([unit for text in texts for unit in NgramModel._units(text)], 2)
        self.vocab_size = len(self.index)

    def __call__(self, text):
        return [self.index[unit] for unit in NgramModel._units(text) if unit in self.index]


torch.manual_seed(7)
units = UnitTokenizer([text for group in train for text in group])
bag = DssmLikeModel(units.vocab_size, 96)
pairs = QuestionDuplicatesDataset(form_pairs(train, "all"), units)
loader = DataLoader(pairs, 128, shuffle=True, collate_fn=pair_collate_fn)
trainer = PairTrainer(bag, torch.optim.Adam(bag.parameters(), 0.01), NTExentLoss(0.2))
trainer.train({"train": loader, "eval": [pair_collate_fn([pairs[0]])]}, 4)


def ngram_embed(texts):
    with torch.no_grad():
        return bag(*get_ids_and_offsets([units(text) for text in texts]))


# %% changed_model words_with_letters_and_dropout
class Letters(nn.Module):
    def __init__(self, texts):
        super().__init__()
        self.index = number_units([part for text in texts for part in self.parts(text)], 2)
        self.bag = nn.EmbeddingBag(len(self.index), 64)
        nn.init.normal_(self.bag.weight, std=0.1)
        self.dropout = nn.Dropout(0.1)

    def parts(self, text):
        return [p for w in split_words(text) for p in (f"<{w}>", *(f"#{w}#"[i : i + 3] for i in range(len(w))))]

    def encode(self, text):
        return [self.index[part] for part in self.parts(text) if part in self.index]

    def forward(self, encoded):
        return self.dropout(self.bag(*get_ids_and_offsets(encoded)))


torch.manual_seed(8)
letters_model = train_on_pairs(Letters([text for group in train for text in group]), train, epochs=4)
changed_embed = lambda texts: embed_with(letters_model, texts)


# %% changed_model other_window
class Wide(ConvModel):
    def forward(self, encoded):
        return 3 * super().forward(encoded)


torch.manual_seed(9)
wide = train_on_pairs(Wide([text for group in train for text in group], 48), train, epochs=4, alpha=0.15)


def changed_embed(texts):
    return np.concatenate([embed_with(wide, texts[i : i + 999]) for i in range(0, len(texts), 999)])


# %% early_fusion mlp_on_the_frozen_bag
torch.manual_seed(10)
start = train_on_pairs(NgramModel([text for group in train for text in group]), train, epochs=4)
head = FusionModel(start, hidden=32)
for weight in start.parameters():
    weight.requires_grad_(False)
train_fusion(head, train, epochs=1)


def score_pairs(questions, candidates):
    with torch.no_grad():
        left, right = (head.vectors([start.encode(text) for text in side]) for side in (questions, candidates))
        return head(left, right)


# %% early_fusion cosine_beside_the_mlp
class Both(FusionModel):
    def forward(self, questions, candidates):
        return super().forward(questions, candidates) + 0.1 * (questions * candidates).sum(-1)


torch.manual_seed(11)
both = Both(train_on_pairs(NgramModel([text for group in train for text in group]), train, epochs=3))
train_fusion(both, train, epochs=1)


def score_pairs(questions, candidates):
    with torch.no_grad():
        sides = [both.vectors([both.base.encode(text) for text in side]) for side in (questions, candidates)]
        return [float(score) for score in both(*sides)]
