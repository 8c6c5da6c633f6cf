"""Checks of part 2 of `ranking`: vectors for unknown words from their letter trigrams."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import torch
from gensim.models import KeyedVectors
from torch import nn
from torch.utils.data import DataLoader

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, flat, kind, number, parts_of, seeded, words_like
from course_lib.observation import attempt

# --- TrigramTokenizer --------------------------------------------------------------------------------------


def trigram_tokenizer_inputs(seed: int) -> Inputs:
    """Nonsense words that share trigrams, and one that repeats its own."""
    rng = seeded(seed, 21)
    words = words_like(rng, [6, 7, 5, 4])
    first, second, third, fourth = words
    syllable = first[:2]
    return {
        "words": [*words, first[:3] + second, third + fourth[:2]],
        "repeats": syllable * 3,
        "unseen": words_like(rng, [6], "jqvwxz")[0],
        "two": second[:2],
        "one": third[0],
    }


def observe_trigram_tokenizer(inputs: Inputs, tokenizer_class: Any) -> Observed:
    """Trigrams and indices of a few words."""
    words, unseen = inputs["words"], inputs["unseen"]
    both_ends = [*words, inputs["repeats"], inputs["two"], inputs["one"]]

    def trigrams(word: str) -> Any:
        return attempt(lambda: tokenizer_class(both_ends)._get_trigrams(word))

    def indices(word: str, known: list[str] = both_ends) -> Any:
        return attempt(lambda: tokenizer_class(known)(word))

    yield "trigrams of a word", trigrams(words[0])
    yield "trigrams of a word of two letters", trigrams(inputs["two"])
    yield "trigrams of a word of one letter", trigrams(inputs["one"])
    yield "a trigram that occurs twice is listed twice", trigrams(inputs["repeats"])
    yield "vocab_size", attempt(lambda: tokenizer_class(words).vocab_size)
    yield "indices of the first word", indices(words[0])
    yield "every index, by word", attempt(lambda: [tokenizer_class(both_ends)(word) for word in both_ends])
    yield "letters are taken as they are written", trigrams(words[2].title())
    yield "the order of the words does not matter", indices(words[1], both_ends[::-1])
    yield "unknown trigrams are left out", indices(words[0][:3] + unseen + words[1][-2:], words)
    yield "a word without any known trigram", indices(unseen, words)


TRIGRAM_TOKENIZER = Check(
    "ranking.trigram_tokenizer",
    trigram_tokenizer_inputs,
    observe_trigram_tokenizer,
    {
        "trigrams of a word": "put '#' before and after the word, then cut every three neighbouring letters",
        "trigrams of a word of two letters": "'to' becomes '#to#', which has two trigrams: '#to' and 'to#'",
        "trigrams of a word of one letter": "'a' becomes '#a#', which is a trigram itself",
        "a trigram that occurs twice is listed twice": "return a list in the order of the word, not a set",
        "vocab_size": "the number of different trigrams in all words, those with '#' included",
        "indices of the first word": "number the different trigrams from 0 in sorted order",
        "every index, by word": "for each trigram of the word, in its order, the place in the sorted trigrams",
        "letters are taken as they are written": "cut the word as it is, without lower-casing it",
        "the order of the words does not matter": "sort the trigrams before you number them",
        "unknown trigrams are left out": "skip trigrams that have no index",
        "a word without any known trigram": "the empty list",
    },
    judge_cases,
)

# --- known and unknown words -------------------------------------------------------------------------------


def split_vocabulary_inputs(seed: int) -> Inputs:
    """Texts over nonsense words, and the words of them that have a vector."""
    rng = seeded(seed, 22)
    words = words_like(rng, [5, 4, 6, 3, 7, 5, 4, 6])
    texts = [" ".join(rng.choice(words, size=4)) for _ in range(12)] + ["", " ".join(words)]
    return {"texts": texts, "known": sorted(words[::2]), "elsewhere": words_like(rng, [8])[0]}


def observe_split_vocabulary(inputs: Inputs, split_vocabulary: Any) -> Observed:
    """The two lists for a few texts."""
    space = _space([*inputs["known"], inputs["elsewhere"]])
    parts = attempt(split_vocabulary, inputs["texts"], space)
    for place, name in enumerate(("known words", "unknown words")):
        yield name, parts[place] if isinstance(parts, list) and len(parts) > place else parts
    yield "texts without an unknown word", attempt(split_vocabulary, inputs["known"], space)
    yield (
        "words are taken as they are written",
        attempt(split_vocabulary, [f"{inputs['known'][0].upper()} c++ node.js x", "x 7"], space),
    )


def _space(words: list[str]) -> KeyedVectors:
    space = KeyedVectors(3)
    space.add_vectors(words, np.eye(len(words), 3, dtype="float32"))
    return space


SPLIT_VOCABULARY = Check(
    "ranking.split_vocabulary",
    split_vocabulary_inputs,
    observe_split_vocabulary,
    {
        "known words": "return two lists; the first one has each word of the texts that is in embeddings, once, sorted",
        "unknown words": "each word of the texts that is not in embeddings, once, sorted",
        "texts without an unknown word": "the second list is empty then",
        "words are taken as they are written": "text.split(), nothing else",
    },
    judge_cases,
)

# --- TrainTrigramDataset -----------------------------------------------------------------------------------


class LetterTokenizer:
    """Stands in for the student's tokenizer: letters a, b, c, ... are the tokens 0, 1, 2, ...; others are unknown."""

    vocab_size = 10

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, word: str) -> list[int]:
        """Indices of the known letters."""
        self.calls += 1
        return ["abcdefghij".index(letter) for letter in word if letter in "abcdefghij"]


def trigram_dataset_inputs(seed: int) -> Inputs:
    """Words over the letters a to j, one of letters that the tokenizer does not know, and their vectors."""
    rng = seeded(seed, 23)
    words = words_like(rng, [4, 2, 6, 3, 5], "abcdefghij")
    words.insert(int(rng.integers(1, 4)), "xyz")
    order = rng.permutation(len(words)).tolist()
    return {
        "words": words,
        "in_space": [*(words[place] for place in order), "elsewhere"],
        "vectors": rng.normal(size=(len(words) + 1, 4)).astype("float32"),
    }


def observe_trigram_dataset(inputs: Inputs, dataset_class: Any) -> Observed:
    """Length and items of a dataset over another tokenizer."""
    words = inputs["words"]
    space = KeyedVectors(4)
    space.add_vectors(inputs["in_space"], inputs["vectors"])
    tokenizer = LetterTokenizer()

    def item(place: int, part: int) -> Any:
        return attempt(lambda: dataset_class(words, space, LetterTokenizer())[place][part])

    yield "number of items", attempt(lambda: len(dataset_class(words, space, LetterTokenizer())))
    yield "an item is two tensors", attempt(lambda: [kind(part) for part in dataset_class(words, space, tokenizer)[0]])
    yield "vectors, item by item", [item(place, 0) for place in range(len(words))]
    yield "trigram indices, item by item", [item(place, 1) for place in range(len(words))]
    yield (
        "types of a word without a known trigram",
        attempt(lambda: [kind(part) for part in dataset_class(words, space, LetterTokenizer())[words.index("xyz")]]),
    )
    yield "calls of the tokenizer after construction", attempt(_late_calls, dataset_class, words, space)


def _late_calls(dataset_class: Any, words: list[str], space: KeyedVectors) -> int:
    tokenizer = LetterTokenizer()
    dataset = dataset_class(words, space, tokenizer)
    before = tokenizer.calls
    for place in range(len(words)):
        dataset[place]
    return tokenizer.calls - before


TRIGRAM_DATASET = Check(
    "ranking.trigram_dataset",
    trigram_dataset_inputs,
    observe_trigram_dataset,
    {
        "number of items": "one item for each word of vocab",
        "an item is two tensors": "a float32 tensor (the vector) and an int64 tensor (the indices)",
        "vectors, item by item": "item i belongs to vocab[i]: look its vector up in w2v_embeddings",
        "trigram indices, item by item": "what tri_tokenizer gives for vocab[i]",
        "types of a word without a known trigram": "torch.tensor([]) is float32: say dtype=torch.int64",
        "calls of the tokenizer after construction": "tokenize all words in __init__, once, not in __getitem__",
    },
    judge_cases,
)

# --- collate_fn --------------------------------------------------------------------------------------------


def collate_inputs(seed: int) -> Inputs:
    """Items of a dataset: vectors, and lists of indices of different length, one of them empty."""
    rng = seeded(seed, 24)
    sizes = [3, int(rng.integers(4, 7)), 0, 2, 1]
    return {
        "vectors": rng.normal(size=(len(sizes), 3)).astype("float32"),
        "ids": [rng.integers(0, 9, size=size) for size in sizes],
    }


def observe_collate(inputs: Inputs, collate_fn: Any) -> Observed:
    """Batches of several items (the third has no index), of one, and of items without any index."""
    items = [
        (torch.tensor(vector), torch.tensor(ids, dtype=torch.int64))
        for vector, ids in zip(inputs["vectors"], inputs["ids"], strict=True)
    ]
    batch = attempt(collate_fn, items)
    yield "what it returns", [kind(part) for part in parts_of(collate_fn, items)]
    for place, part in enumerate(("vectors", "indices", "offsets")):
        yield f"{part} of a batch", batch[place] if isinstance(batch, list) and len(batch) > place else batch
    yield "a batch of one", attempt(collate_fn, items[:1])
    yield "an empty item at the end", attempt(collate_fn, items[:3])
    yield "a batch of empty items", attempt(collate_fn, [items[2], items[2]])
    yield "its types", [kind(part) for part in parts_of(collate_fn, [items[2], items[2]])]


COLLATE_HINTS = {
    "what it returns": "tensors, in the order of the text",
    "indices of a batch": "all lists of indices one after the other, in one flat tensor",
    "offsets of a batch": "where each list starts: the first at 0, each next one after all indices before it",
    "a batch of one": "one offset, 0",
    "an empty item at the end": "an empty list has an offset too: it starts where the next one would start",
    "a batch of empty items": "no indices, and an offset 0 for each item",
    "its types": "torch.tensor([]) is float32: say dtype=torch.int64",
}

COLLATE = Check(
    "ranking.collate",
    collate_inputs,
    observe_collate,
    {
        "what it returns": "three tensors: vectors (float32), indices (int64), offsets (int64)",
        "vectors of a batch": "the vectors of the items as the rows of a matrix (B, D)",
        **{name: hint for name, hint in COLLATE_HINTS.items() if name != "what it returns"},
    },
    judge_cases,
)

# --- TrigramModel ------------------------------------------------------------------------------------------


def bag_inputs(seed: int) -> Inputs:
    """A table of vectors, and bags of indices: one empty in the middle, one at the end."""
    rng = seeded(seed, 25)
    sizes = [2, 3, 0, 1, 4]
    ids = rng.permutation(8).tolist() + rng.integers(0, 8, size=2).tolist()
    return {
        "table": (rng.normal(size=(8, 3)) + 0.5).astype("float32"),
        "ids": ids,
        "offsets": np.cumsum([0, *sizes[:-1]]).tolist(),
    }


def observe_bag(inputs: Inputs, model_class: Any) -> Observed:
    """Vectors of bags from a model whose weights are set to a table, and the gradient that reaches the weights."""
    ids = torch.tensor(inputs["ids"])
    offsets = torch.tensor(inputs["offsets"])
    none = torch.tensor([], dtype=torch.int64)

    yield "sizes", attempt(lambda: [model_class(8, 3).num_embeddings, model_class(8, 3).embedding_dim])
    yield "shapes of the weights", attempt(lambda: [list(weight.shape) for weight in model_class(8, 3).parameters()])
    yield "vector of a bag of one", attempt(lambda: _with_table(model_class, inputs)(ids[:1], offsets[:1]))
    yield "vector of a bag of three", attempt(lambda: _with_table(model_class, inputs)(ids[:3], offsets[:1]))
    yield "vectors of several bags", attempt(lambda: _with_table(model_class, inputs)(ids, offsets))
    yield "an empty bag at the end", attempt(lambda: _with_table(model_class, inputs)(ids[:5], offsets[:3]))
    yield "only empty bags", attempt(lambda: _with_table(model_class, inputs)(none, torch.tensor([0, 0])))
    yield "the same in evaluation", attempt(lambda: _with_table(model_class, inputs).eval()(ids, offsets))
    yield "gradient of the weights", attempt(lambda: _gradient(_with_table(model_class, inputs), ids, offsets))


def _with_table(model_class: Any, inputs: Inputs) -> Any:
    """A fresh model whose one matrix holds the table."""
    table = torch.tensor(inputs["table"])
    model = model_class(*table.shape)
    with torch.no_grad():
        next(weight for weight in model.parameters() if weight.shape == table.shape).copy_(table)
    return model


def _gradient(model: nn.Module, ids: torch.Tensor, offsets: torch.Tensor) -> Any:
    model(ids, offsets).sum().backward()
    gradient = next(model.parameters()).grad
    return gradient.to_dense() if gradient is not None else None


BAG_HINTS = {
    "sizes": "keep num_embeddings and embedding_dim as attributes or properties",
    "shapes of the weights": "one matrix of num_embeddings rows and embedding_dim columns, and no other weights",
    "an empty bag at the end": "an empty bag has the vector 0",
    "only empty bags": "a batch may have no index at all; every vector is 0 then",
    "the same in evaluation": "there is nothing here that differs between training and evaluation",
    "gradient of the weights": "the result must stay attached to the weights: no detach, no .data, no numpy",
}

TRIGRAM_MODEL = Check(
    "ranking.trigram_model",
    bag_inputs,
    observe_bag,
    {
        "sizes": BAG_HINTS["sizes"],
        "shapes of the weights": BAG_HINTS["shapes of the weights"],
        "vector of a bag of one": "the row of the matrix with that index",
        "vector of a bag of three": "the sum of three rows; EmbeddingBag takes their mean unless told mode='sum'",
        "vectors of several bags": "bag i reaches from offsets[i] to offsets[i + 1], the last one to the end",
        **{name: hint for name, hint in BAG_HINTS.items() if name not in ("sizes", "shapes of the weights")},
    },
    judge_cases,
)

# --- Trainer -----------------------------------------------------------------------------------------------


def trainer_inputs(seed: int) -> Inputs:
    """A small table of weights, and seven words: their vectors, and the indices of their trigrams."""
    rng = seeded(seed, 26)
    return {
        "table": rng.normal(size=(6, 3)).astype("float32"),
        "vectors": rng.normal(size=(7, 3)).astype("float32"),
        "ids": [rng.integers(0, 6, size=rng.integers(1, 4)).tolist() for _ in range(7)],
    }


def collate_words(batch: list[Any]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Vectors, indices and offsets of a list of (vector, indices)."""
    return torch.stack([torch.tensor(vector) for vector, _ in batch]), *flat([ids for _, ids in batch])


class WatchedBag(nn.Module):
    """A bag of vectors that notes in which mode it was called."""

    def __init__(self, table: np.ndarray, mode: str = "sum") -> None:
        super().__init__()
        self.bag = nn.EmbeddingBag.from_pretrained(torch.tensor(table), freeze=False, mode=mode)
        self.modes: list[bool] = []
        self.graphs: list[bool] = []

    def forward(self, ids: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        """Vectors (B, D)."""
        self.modes.append(self.training)
        self.graphs.append(torch.is_grad_enabled())
        return self.bag(ids, offsets)


class LopsidedError(nn.Module):
    """A squared error in which positive targets count twice: what is predicted and what is true differ in role."""

    def forward(self, predicted: torch.Tensor, true: torch.Tensor) -> torch.Tensor:
        """One number."""
        return ((predicted - true) ** 2 * (1 + (true > 0))).mean()


def observe_trainer(inputs: Inputs, trainer_class: Any) -> Observed:
    """Losses and weights after epochs of plain gradient descent on a model of the check's own."""
    words: Any = list(zip(inputs["vectors"], inputs["ids"], strict=True))
    batches: DataLoader = DataLoader(words, batch_size=3, collate_fn=collate_words)  # of 3, 3 and 1 words
    one_batch: DataLoader = DataLoader(words[:3], batch_size=3, collate_fn=collate_words)

    def run(n_epochs: int, loader: DataLoader, verbose: bool = False) -> tuple[Any, WatchedBag]:
        model = WatchedBag(inputs["table"])
        model.eval()  # training must switch it back
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        with redirect_stdout(io.StringIO()):
            losses = trainer_class(model, LopsidedError(), optimizer).train(loader, n_epochs, verbose=verbose)
        return losses, model

    yield "losses of two epochs are floats", attempt(lambda: [number(loss) for loss in run(2, batches)[0]])
    yield "loss of an epoch with one batch", attempt(lambda: run(1, one_batch)[0])
    yield "weights after one batch", attempt(lambda: run(1, one_batch)[1].bag.weight)
    yield "loss of an epoch with batches of 3, 3 and 1 words", attempt(lambda: run(1, batches)[0])
    yield "weights after that epoch", attempt(lambda: run(1, batches)[1].bag.weight)
    yield "losses of two epochs", attempt(lambda: run(2, batches)[0])
    yield "the model is in training mode", attempt(lambda: sorted(set(run(1, batches)[1].modes)))
    yield "verbose=True returns the same", attempt(lambda: run(2, batches, verbose=True)[0])
    yield "no epoch", attempt(lambda: run(0, batches)[0])


TRAINER = Check(
    "ranking.trainer",
    trainer_inputs,
    observe_trainer,
    {
        "losses of two epochs are floats": "train returns a list with a number for each epoch; loss.item() is one",
        "loss of an epoch with one batch": "self.criterion on the model's vectors and the true ones, in this order",
        "weights after one batch": "for each batch: zero_grad, loss, backward, step",
        "loss of an epoch with batches of 3, 3 and 1 words": "weigh the loss of each batch with its number of words",
        "weights after that epoch": "zero_grad before each backward, or gradients of earlier batches add up",
        "losses of two epochs": "start the sum anew in each epoch",
        "the model is in training mode": "call model.train() before the batches",
        "verbose=True returns the same": "verbose only prints",
        "no epoch": "an empty list",
    },
    judge_cases,
)

# --- inference ---------------------------------------------------------------------------------------------


def inference_inputs(seed: int) -> Inputs:
    """Unknown words over the letters a to j; some have no letter that the tokenizer knows."""
    rng = seeded(seed, 27)
    return {"words": ["xyz", *words_like(rng, [4, 2], "abcdefghij"), "zyx", *words_like(rng, [5], "abcdefghij"), "yy"]}


def observe_inference(inputs: Inputs, dataset_class: Any, collate: Any) -> Observed:
    """Items and batches of unknown words."""
    words = inputs["words"]

    def batch(places: list[int]) -> list[torch.Tensor]:
        dataset = dataset_class(words, LetterTokenizer())
        return list(collate([dataset[place] for place in places]))

    yield "number of items", attempt(lambda: len(dataset_class(words, LetterTokenizer())))
    yield "indices of a batch", attempt(lambda: batch([1, 2, 4])[0])
    yield "offsets of a batch", attempt(lambda: batch([1, 2, 4])[1])
    yield "two tensors", attempt(lambda: [kind(part) for part in batch([1, 2])])
    yield "a word without a known trigram keeps its place", attempt(lambda: batch(list(range(len(words)))))
    yield "a batch of such words", attempt(lambda: batch([0, 3]))
    yield "its types", attempt(lambda: [kind(part) for part in batch([0, 3])])


INFERENCE = Check(
    "ranking.inference",
    inference_inputs,
    observe_inference,
    {
        "number of items": "one item for each word of vocab, those without a known trigram as well",
        "indices of a batch": "all indices one after the other, in one flat tensor",
        "offsets of a batch": "where the indices of each word start, the first at 0",
        "two tensors": "indices and offsets, both int64",
        "a word without a known trigram keeps its place": "it has no index but it has an offset: do not drop it",
        "a batch of such words": "no indices, and an offset 0 for each word",
        "its types": "torch.tensor([]) is float32: say dtype=torch.int64",
    },
    judge_cases,
)

# --- complete_vectors --------------------------------------------------------------------------------------


def complete_vectors_inputs(seed: int) -> Inputs:
    """Known words with vectors, and more unknown words than fit into one batch."""
    rng = seeded(seed, 28)
    words = sorted(set(words_like(rng, [2, 3, 4, 5] * 30, "abcdefghij")))
    words = [words[place] for place in rng.permutation(len(words))]
    return {
        "known": words[:20],
        "unknown": [*words[20:40], "xyz", *words[40:], "zyx"],
        "vectors": rng.normal(size=(20, 4)).astype("float32"),
        "table": rng.normal(size=(10, 4)).astype("float32"),
    }


def observe_complete_vectors(inputs: Inputs, complete_vectors: Any) -> Observed:
    """The dictionary for known and unknown words, with a tokenizer and a model of the check's own."""
    known, unknown = inputs["known"], inputs["unknown"]
    space = KeyedVectors(4)
    space.add_vectors(known, inputs["vectors"])

    def complete(words: list[str]) -> tuple[Any, WatchedBag]:
        model = WatchedBag(inputs["table"])
        return complete_vectors(words, space, LetterTokenizer(), model), model

    def vectors_of(asked: list[str], words: list[str]) -> Any:
        found = complete(words)[0]
        return [found.get(word) for word in asked]

    words = [*unknown[:30], *known[:15], *unknown[30:]]
    yield "the words of the dictionary", attempt(lambda: sorted(complete(words)[0]))
    yield "vectors are arrays", attempt(lambda: sorted({kind(vector) for vector in complete(words)[0].values()}))
    yield "known words keep their vectors", attempt(vectors_of, known[:15], words)
    yield "vectors of the first unknown words", attempt(vectors_of, unknown[:10], words)
    yield "a word without a known trigram", attempt(vectors_of, ["xyz", "zyx"], words)
    yield "vectors of all unknown words", attempt(vectors_of, unknown, words)
    yield "only known words", attempt(vectors_of, known, known)
    yield "the model is in evaluation mode", attempt(lambda: sorted(set(complete(words)[1].modes)))
    yield "no gradients are kept", attempt(lambda: sorted(set(complete(words)[1].graphs)))


COMPLETE_VECTORS = Check(
    "ranking.complete_vectors",
    complete_vectors_inputs,
    observe_complete_vectors,
    {
        "the words of the dictionary": "every word of `words`, known or not, and no other",
        "vectors are arrays": "numpy arrays of float32: tensor.numpy() makes one",
        "known words keep their vectors": "take embeddings[word] for a word that has one, not the model's vector",
        "vectors of the first unknown words": "the model's vector of the word's trigrams",
        "a word without a known trigram": "the model gives it zeros; keep it in its place",
        "vectors of all unknown words": "there may be more words than fit into a batch; keep words and vectors aligned",
        "only known words": "there may be nothing to infer",
        "the model is in evaluation mode": "model.eval() before inference",
        "no gradients are kept": "put the inference into `with torch.no_grad():`",
    },
    judge_cases,
)
