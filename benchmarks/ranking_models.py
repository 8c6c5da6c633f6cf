"""The trained rows of the ranking benchmark: each model of the notebook's parts 2 to 4, trained on real text.

Models, tokenizers, datasets, losses and trainers are the notebook's own; settings differ from it only where a
docstring says so. Shapes: V questions of the slice, D dimension, W words.
"""

from __future__ import annotations

import string
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any
from unittest import mock

import numpy as np
import ranking_ngrams
import torch
from benchmark_common import fall_linearly
from ranking_data import KS, TIE, Pairs, Quality, Slice, counts, vector_quality
from torch import nn
from torch.utils.data import DataLoader

TRIGRAMS = "2.9 + vectors for unknown words, from trigrams"
COSINE = "4.1 + the same, trained on the cosine"
CHARS = "4.2 + the same, a biLSTM over the letters"
PAIRS = "3.10 trained on the pairs, random start"
PAIRS_GOOGLE = "3.10 trained on the pairs, Google News start"
NGRAMS = "4.3 words, pairs of words, trigrams in a bag"
CONV = "4.4 window of three words over letters"
FUSION = "4.5 early fusion on 4.3, every pair scored"
BAG = "the benchmark's own n-gram bag"
SEEDS = (0, 1, 2)

Names = dict[str, Any]
WordVectors = Callable[[list[str]], dict[str, np.ndarray]]
Embed = Callable[[list[str]], np.ndarray]


def trained_rows(slice_: Slice, pairs: Pairs, names: Names, seeds: Iterable[int] = SEEDS) -> Iterator[Quality]:
    """Every trained row, one at a time; the benchmark's own bag once for each seed."""
    yield from word_rows(slice_, pairs, names)
    for method, train in text_models(slice_, pairs, names).items():
        yield text_row(slice_, names, method, train)
    yield fusion_row(slice_, pairs, names)
    for seed in seeds:
        yield text_row(slice_, names, f"{BAG}, seed {seed}", partial(train_bag, pairs, seed))


# --- vectors for unknown words (2.9, 4.1, 4.2) -------------------------------------------------------------


def word_rows(slice_: Slice, pairs: Pairs, names: Names) -> Iterator[Quality]:
    """Hits with vectors for unknown words. The text is preprocessed as for the best row before this step.

    The models learn from the known words of the training pairs and of all questions.
    """
    clean = names["text_preprocessor"]
    questions = [clean(text) for text in slice_.questions]
    texts = [*questions, *(clean(text) for pair in pairs for text in pair)]
    known, _ = names["split_vocabulary"](texts, slice_.vectors)
    words = names["build_vocabulary"](questions)
    for method, train in {TRIGRAMS: train_trigrams, COSINE: train_cosine, CHARS: train_chars}.items():
        start = time.perf_counter()
        torch.manual_seed(0)
        word_vectors = train(slice_, names, known)
        seconds = time.perf_counter() - start
        embedder = names["Embedder"](word_vectors(words), slice_.vectors.vector_size)
        yield vector_quality(slice_, names, method, np.stack([embedder(text) for text in questions]), seconds)


def train_trigrams(slice_: Slice, names: Names, known: list[str]) -> WordVectors:
    """The trigram model, with the settings of exercise 2.9."""
    tokenizer = names["TrigramTokenizer"](known)
    model = names["TrigramModel"](tokenizer.vocab_size, slice_.vectors.vector_size)
    loader, _ = word_loader(slice_, names, known, tokenizer)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01, weight_decay=1e-5)
    names["Trainer"](model, nn.MSELoss(), optimizer).train(loader, 10)
    return completed(slice_, names, tokenizer, model)


def train_cosine(slice_: Slice, names: Names, known: list[str]) -> WordVectors:
    """Pieces of three and four letters on the cosine, with the settings of task 4.1.

    As there the mean length of the model's vectors of known words is set to 1. Here the known vectors are longer, so
    their own mean length is used.
    """
    tokenizer = names["PieceTokenizer"](known)
    model = names["CosineModel"](tokenizer.vocab_size, slice_.vectors.vector_size)
    loader, words = word_loader(slice_, names, known, tokenizer)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3, weight_decay=2.5e-4)
    names["Trainer"](model, names["cosine_distance"], optimizer).train(loader, 10)
    model.eval()
    with torch.no_grad():
        _, indices, offsets = names["collate_fn"](list(words))
        model.length = model(indices, offsets).norm(dim=1).mean() / mean_length(slice_, known)
    return completed(slice_, names, tokenizer, model)


def train_chars(slice_: Slice, names: Names, known: list[str]) -> WordVectors:
    """The biLSTM over letters, with the settings of task 4.2; vectors get the mean length of known ones, as in 4.1."""
    model = names["CharLstmModel"](known, slice_.vectors.vector_size)
    names["train_char_model"](model, known, torch.tensor(slice_.vectors[known]), epochs=12)
    model.eval()
    with torch.no_grad():
        lengths = [model(known[start : start + 1024]).norm(dim=1) for start in range(0, len(known), 1024)]
        model.length = torch.cat(lengths).mean() / mean_length(slice_, known)
    return with_globals(names, "lstm_vectors", wv_embeddings=slice_.vectors, char_model=model)


def word_loader(slice_: Slice, names: Names, known: list[str], tokenizer: Any) -> tuple[DataLoader, Any]:
    """Batches of 64 known words, as in 2.9, and the dataset itself."""
    words = names["TrainTrigramDataset"](known, slice_.vectors, tokenizer)
    return DataLoader(words, batch_size=64, shuffle=True, collate_fn=names["collate_fn"]), words


def completed(slice_: Slice, names: Names, tokenizer: Any, model: nn.Module) -> WordVectors:
    """Words -> vectors, by the notebook's complete_vectors."""
    return partial(names["complete_vectors"], embeddings=slice_.vectors, tri_tokenizer=tokenizer, model=model)


def mean_length(slice_: Slice, known: list[str]) -> float:
    """Mean length of the pretrained vectors of known words."""
    return float(np.linalg.norm(slice_.vectors[known], axis=1).mean())


def with_globals(names: Names, function: str, **values: Any) -> Callable[..., Any]:
    """A function of the notebook that sees `values` in place of the notebook's own global names."""

    def call(*arguments: Any) -> Any:
        with mock.patch.dict(names, values):
            return names[function](*arguments)

    return call


# --- vectors trained on pairs (3.10, 4.3, 4.4) -------------------------------------------------------------


def text_row(slice_: Slice, names: Names, method: str, train: Callable[[], Embed]) -> Quality:
    """Hits of a model that embeds texts; the seconds are those of its training alone."""
    start = time.perf_counter()
    embed = train()
    seconds = time.perf_counter() - start
    return vector_quality(slice_, names, method, embed(slice_.questions), seconds)


def text_models(slice_: Slice, pairs: Pairs, names: Names) -> dict[str, Callable[[], Embed]]:
    """Method -> a function that trains it on the pairs."""
    return {
        PAIRS: lambda: train_dssm(pairs, names),
        PAIRS_GOOGLE: lambda: train_dssm(pairs, names, slice_.vectors),
        NGRAMS: lambda: train_notebook_model(pairs, names, "NgramModel", 5),
        CONV: lambda: train_notebook_model(pairs, names, "ConvModel", 4),
    }


def dssm_parts(pairs: Pairs, names: Names, batch: int, dim: int = 300) -> tuple[Callable, Any, nn.Module, DataLoader]:
    """How text is cleaned, its tokenizer, the notebook's DssmLikeModel with a small start, and batches of pairs.

    Cleaned is lower case without punctuation: stopwords stay, unlike in the notebook, since they tell real questions
    apart. The start has a spread of 1 / sqrt(D), so that a word's vector is about 1 long.
    """
    clean = names["TextPreprocessor"](list(string.punctuation))
    cleaned = [(clean(question), clean(duplicate)) for question, duplicate in pairs]
    tokenizer = names["TextTokenizer"](names["build_vocabulary"]([text for pair in cleaned for text in pair]))
    model = names["DssmLikeModel"](tokenizer.vocab_size, dim)
    nn.init.normal_(model.embeddings.weight, std=dim**-0.5)
    dataset = names["QuestionDuplicatesDataset"](names["form_pairs"](cleaned, "all"), tokenizer)
    return clean, tokenizer, model, DataLoader(dataset, batch, shuffle=True, collate_fn=names["pair_collate_fn"])


def train_dssm(pairs: Pairs, names: Names, start: Any = None, epochs: int = 8) -> Embed:
    """Part 3 with settings for real text: D 300, batch 512, alpha .1, learning rate .003 falling to 0.

    start: word vectors (keyed) with which known words begin, any case; None for a random start.
    """
    torch.manual_seed(0)
    clean, tokenizer, model, loader = dssm_parts(pairs, names, 512, start.vector_size if start is not None else 300)
    if start is not None:
        put_vectors(model.embeddings.weight.data, tokenizer.index, start)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003, fused=True)
    fall_linearly(optimizer, 0.003, epochs * len(loader))
    trainer = names["PairTrainer"](model, optimizer, names["NTExentLoss"](0.1))
    trainer.train({"train": loader, "eval": [next(iter(loader))]}, epochs)
    return partial(embed_cleaned, names=names, clean=clean, tokenizer=tokenizer, model=model.eval())


@torch.no_grad()
def embed_cleaned(texts: list[str], names: Names, clean: Callable, tokenizer: Any, model: nn.Module) -> np.ndarray:
    """Vectors (N, D) of N raw texts: cleaned, tokenized, and through the model."""
    return model(*names["get_ids_and_offsets"]([tokenizer(clean(text)) for text in texts])).numpy()


def put_vectors(weight: torch.Tensor, index: dict[str, int], start: Any) -> None:
    """Write pretrained vectors, divided by their mean length, into the rows (W, D) of the words that have one.

    `start` is asked in its own order, and the first spelling of a word counts, whatever its case.
    """
    lengths = np.linalg.norm(start.vectors, axis=1)
    done: set[str] = set()
    for word, vector in zip(start.index_to_key, start.vectors / lengths.mean(), strict=True):
        lower = word.lower()
        if lower in index and lower not in done:
            weight[index[lower]] = torch.tensor(vector)
            done.add(lower)


def train_notebook_model(pairs: Pairs, names: Names, model_name: str, epochs: int) -> Embed:
    """A model of task 4.3 or 4.4 with the notebook's own settings (D 64, batch 128, alpha .2, learning rate .01)."""
    torch.manual_seed(0)
    model = names[model_name]([text for pair in pairs for text in pair])
    names["train_on_pairs"](model, pairs, epochs)
    return partial(names["embed_with"], model)


def train_bag(pairs: Pairs, seed: int) -> Embed:
    """The benchmark's own n-gram bag (ranking_ngrams.py)."""
    model = ranking_ngrams.train(pairs, seed)
    return lambda texts: ranking_ngrams.embed(model, [ranking_ngrams.to_bag(text) for text in texts]).numpy()


# --- early fusion (4.5) ------------------------------------------------------------------------------------


def fusion_row(slice_: Slice, pairs: Pairs, names: Names) -> Quality:
    """Hits of early fusion, every pair of the rows scored; vectors are computed once for each question."""
    start = time.perf_counter()
    torch.manual_seed(0)
    base = names["NgramModel"]([text for pair in pairs for text in pair])
    names["train_on_pairs"](base, pairs, epochs=4)
    model = names["train_fusion"](names["FusionModel"](base), pairs, epochs=1)
    seconds = time.perf_counter() - start
    scores = list(fusion_scores(slice_, model))
    hits = names["hits_at_k"]
    return Quality(FUSION, hits(counts(scores), KS), hits(counts(scores, -TIE), [1])[1], seconds)


@torch.no_grad()
def fusion_scores(slice_: Slice, model: nn.Module) -> Iterator[np.ndarray]:
    """For each row the scores (C,) of its question with its candidates, the duplicate first."""
    texts = [model.base.encode(text) for text in slice_.questions]
    vectors = torch.cat([model.vectors(texts[start : start + 1024]) for start in range(0, len(texts), 1024)])
    for row in torch.from_numpy(slice_.ids):
        yield model(vectors[row[:1]], vectors[row[1:]]).numpy()
