"""The trained rows of the text classification benchmark: the notebook's models, and the original course's faults.

Models, cells, vocabulary, `collate_fn` and training loops are the notebook's own. What is set here: how large a model
is, how long and fast it learns, what it starts from. Shapes: B batch, T time, V vocabulary, D embedding, H hidden.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from benchmark_common import fall_linearly
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from text_classification_data import Names, News, Row, test_loader, train_loader
from torch import nn
from torch.utils.data import DataLoader

ORIGINAL_RNN = "the original course's RNN"
ORIGINAL_GRU = "the original course's GRU"
BAG = "tf-idf + logistic regression"
RNN = "RNN"
CNN = "CNN"
GRU = "GRU"
GRU_VECTORS = "GRU + vectors"
GRU_FROZEN = "GRU + vectors + frozen start"
CNN_VECTORS = "CNN + vectors"
MEAN = "mean of the last two"
NO_FAULTS = "none of the faults"
FAULTS = {
    "padding": ("padding",),
    "initialisation": ("initialisation",),
    "case": ("case",),
    "all three": ("padding", "initialisation", "case"),
    "word vectors of spread 1, not .1, at the start": ("large start",),
}
ALONE = 200  # test texts whose logits are compared, alone and in batches


@dataclass(frozen=True)
class Quality:
    """How a method does on the test texts, and what it took to train.

    alone_logits, alone: largest difference of a text's logits, and of its probabilities, alone and in a batch with
    others; None without batches.
    """

    method: str
    accuracy: float
    cpu_seconds: float
    seconds: float
    parameters: int
    alone_logits: float | None = None
    alone: float | None = None


@dataclass(frozen=True)
class Recipe:
    """How a model is made and trained; the learning rate falls linearly to 0 unless `falls` is off.

    frozen: steps for which pretrained vectors are held. like_lengths: batches of texts of like length.
    faults: of "padding", "initialisation", "case", "large start".
    """

    model: str
    rate: float = 0.002
    epochs: int = 4
    batch: int = 64
    hidden: int = 100
    dropout: float = 0.5
    word_dropout: float = 0.1
    max_grad_norm: float = 2.0
    falls: bool = True
    vectors: bool = False
    frozen: int = 0
    like_lengths: bool = True
    faults: tuple[str, ...] = ()


RECIPES = {
    RNN: Recipe("RNNModel", rate=0.001, epochs=5),
    CNN: Recipe("CNNModel"),
    GRU: Recipe("GRUModel", rate=0.003, epochs=5, hidden=128, word_dropout=0.4),
    GRU_VECTORS: Recipe("GRUModel", rate=0.004, vectors=True),
    GRU_FROZEN: Recipe("GRUModel", rate=0.004, vectors=True, frozen=700),
    CNN_VECTORS: Recipe("CNNModel", vectors=True),
}
# As the original course trained both of its networks: every fault, D = H = 50, one epoch.
ORIGINAL = Recipe(
    "RNNModel",
    rate=0.01,
    epochs=1,
    batch=32,
    hidden=50,
    dropout=0.0,
    word_dropout=0.0,
    max_grad_norm=1.0,
    falls=False,
    like_lengths=False,
    faults=("padding", "initialisation", "case", "large start"),
)
# Batches at random: in batches of like length there is little padding, and its fault would hide.
ABLATION = replace(RECIPES[RNN], like_lengths=False)
DIMENSION = 50


def trained_rows(news: News, names: Names) -> Iterator[Quality]:
    """Every row of the table, one at a time."""
    yield original_row(news, names, ORIGINAL_RNN, "RNNModel")
    yield original_row(news, names, ORIGINAL_GRU, "GRUModel")
    yield bag_row(news, names)
    word2idx = names["build_vocabulary"]([names["tokenize"](text) for text, _ in news.train])
    trained: list[Trained] = []
    for method, recipe in RECIPES.items():
        trained.append(train_model(news, names, recipe, word2idx))
        yield quality_of(news, names, method, trained[-1], recipe, word2idx)
    gru, cnn = trained[-2:]
    both = Trained(Mean(gru.model, cnn.model), gru.cpu_seconds + cnn.cpu_seconds, gru.seconds + cnn.seconds)
    yield quality_of(news, names, MEAN, both, recipe, word2idx)


def fault_rows(news: News, names: Names) -> Iterator[Quality]:
    """The RNN with none of the original's faults, with each of them, and with all."""
    word2idx = names["build_vocabulary"]([names["tokenize"](text) for text, _ in news.train])
    yield model_row(news, names, NO_FAULTS, ABLATION, word2idx)
    for method, faults in FAULTS.items():
        yield model_row(news, names, method, replace(ABLATION, faults=faults), word2idx)


# --- the notebook's models ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trained:
    """A model, and what its training took."""

    model: nn.Module
    cpu_seconds: float
    seconds: float


class Mean(nn.Module):
    """Two models as one: the mean of their log probabilities (B, C)."""

    def __init__(self, one: nn.Module, other: nn.Module) -> None:
        super().__init__()
        self.models = nn.ModuleList([one, other])

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Log probabilities (B, C), up to a constant, from indices (B, T)."""
        return torch.stack([model(features).log_softmax(dim=1) for model in self.models]).mean(dim=0)


def model_row(news: News, names: Names, method: str, recipe: Recipe, word2idx: dict[str, int]) -> Quality:
    """A model trained by a recipe on all training texts, and its accuracy on the test texts."""
    return quality_of(news, names, method, train_model(news, names, recipe, word2idx), recipe, word2idx)


def train_model(news: News, names: Names, recipe: Recipe, word2idx: dict[str, int]) -> Trained:
    """A model trained by a recipe; the training loop gets no validation texts."""
    torch.manual_seed(0)
    rows = encoded(news.train, names, word2idx, "case" in recipe.faults)
    loader = train_loader(rows, names, recipe.batch, recipe.like_lengths, recipe.word_dropout)
    model = make_model(recipe, names, len(word2idx))
    if recipe.vectors:
        names["load_vectors"](model, word2idx, news.vectors)
    start, cpu_start = time.perf_counter(), time.process_time()
    train(model, recipe, names, loader)
    return Trained(model, time.process_time() - cpu_start, time.perf_counter() - start)


def quality_of(
    news: News, names: Names, method: str, trained: Trained, recipe: Recipe, word2idx: dict[str, int]
) -> Quality:
    """The accuracy of a model on the test texts, which are looked at once, when all is done."""
    test = encoded(news.test, names, word2idx, "case" in recipe.faults)
    model = trained.model
    _, accuracy = names["evaluate"](model, nn.CrossEntropyLoss(), test_loader(test, names, recipe.batch))
    parameters = sum(weight.numel() for weight in model.parameters())
    differences = alone_differences(model, names, test)
    return Quality(method, accuracy, trained.cpu_seconds, trained.seconds, parameters, *differences)


def encoded(texts: list[tuple[str, int]], names: Names, word2idx: dict[str, int], as_written: bool) -> list[Row]:
    """Texts as the notebook's collate_fn takes them. as_written: not in lower case, though the vocabulary is."""
    tokenize = CaseKept(names) if as_written else names["tokenize"]
    return [{"features": names["encode"](tokenize(text), word2idx), "label": label} for text, label in texts]


class CaseKept:
    """The notebook's tokens in the case in which they were written."""

    def __init__(self, names: Names, max_length: int = 128) -> None:
        self.tokenizer = names["WordPunctTokenizer"]()
        self.max_length = max_length

    def __call__(self, text: str) -> list[str]:
        """The first tokens of a text."""
        return self.tokenizer.tokenize(text)[: self.max_length]


def make_model(recipe: Recipe, names: Names, num_words: int) -> nn.Module:
    """An untrained model."""
    model = names[recipe.model](num_words, DIMENSION, recipe.hidden, dropout=recipe.dropout)
    if "large start" in recipe.faults:
        nn.init.normal_(model.embeddings.weight)
    if "initialisation" in recipe.faults:
        for weight in model.layer.parameters():
            nn.init.uniform_(weight, 0, 1)
    return ReadsPadding(model) if "padding" in recipe.faults else model


def train(model: nn.Module, recipe: Recipe, names: Names, loader: DataLoader) -> None:
    """Train by one of the notebook's two loops."""
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.rate, fused=True)
    if recipe.falls:
        fall_linearly(optimizer, recipe.rate, recipe.epochs * len(loader))
    arguments = (model, nn.CrossEntropyLoss(), optimizer, recipe.epochs, {"train": loader, "valid": []})
    if recipe.frozen:
        names["training_freeze"](*arguments, recipe.max_grad_norm, num_freeze_iter=recipe.frozen)
    else:
        names["training"](*arguments, recipe.max_grad_norm)


@torch.no_grad()
def alone_differences(model: nn.Module, names: Names, rows: list[Row], batch: int = 32) -> tuple[float, float]:
    """Largest difference of a text's logits, and of its probabilities, alone and in a batch with others.

    Over the first texts, in float32: logits of a size of 8 are known to 5e-7 there.
    """
    model.eval()
    logits, shares = 0.0, 0.0
    for place in range(0, len(rows[:ALONE]), batch):
        chosen = rows[:ALONE][place : place + batch]
        together = model(names["collate_fn"](chosen)["features"])
        alone = torch.cat([model(names["collate_fn"]([row])["features"]) for row in chosen])
        logits = max(logits, (alone - together).abs().max().item())
        shares = max(shares, (alone.softmax(dim=1) - together.softmax(dim=1)).abs().max().item())
    return logits, shares


# --- the original course -----------------------------------------------------------------------------------


class ReadsPadding(nn.Module):
    """The layers of an RNNModel with a fault: every column is a word, padding too, and the last one's state counts."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.embeddings = nn.Embedding.from_pretrained(model.embeddings.weight.detach().clone(), freeze=False)
        self.layer = model.layer
        self.dropout = model.dropout
        self.classifier = model.classifier

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Logits (B, C) from indices (B, T)."""
        lengths = torch.full((len(features),), features.shape[1])
        _, last = self.layer(self.embeddings(features), lengths)
        return self.classifier(self.dropout(last))


def original_row(news: News, names: Names, method: str, model: str) -> Quality:
    """A network as the original course trained it, on these texts.

    Its vocabulary is the words of published GloVe vectors, in lower case, most frequent first, so that the padding
    index 0 is a real word; texts are not lower-cased, and what is unknown becomes the ordinary word "unk". The
    original's vectors were others (glove-twitter-50, 1.2 million words); "unk", which they had, is added here.
    """
    words = dict.fromkeys([*news.glove.index_to_key, "unk"])
    word2idx = {word: index for index, word in enumerate(words)}
    theirs = names | {"encode": lambda tokens, index: [index.get(token, index["unk"]) for token in tokens]}
    return model_row(news, theirs, method, replace(ORIGINAL, model=model), word2idx)


# --- a bag of words ----------------------------------------------------------------------------------------


def bag_row(news: News, names: Names) -> Quality:
    """Logistic regression on tf-idf of the notebook's tokens, on the same words as the networks."""
    start, cpu_start = time.perf_counter(), time.process_time()
    vectorizer = TfidfVectorizer(
        tokenizer=names["tokenize"], token_pattern=None, lowercase=False, sublinear_tf=True, min_df=2
    )
    bag = LogisticRegression(C=3, max_iter=1000)
    bag.fit(vectorizer.fit_transform([text for text, _ in news.train]), [label for _, label in news.train])
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    accuracy = bag.score(vectorizer.transform([text for text, _ in news.test]), [label for _, label in news.test])
    return Quality(BAG, accuracy, cpu_seconds, seconds, bag.coef_.size + bag.intercept_.size)
