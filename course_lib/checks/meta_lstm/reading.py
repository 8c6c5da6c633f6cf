"""Checks of `meta_lstm`, parts 3 and 4: the reader, its loss, which tokens count, what it writes, and how good it gets.

Of the trained reader translations are observed, in languages that it was not trained on; only the judge knows which
are right.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn

from course_lib.checks.base import Cases, Check, judge_cases
from course_lib.checks.gain import Wording, judge_gain
from course_lib.checks.observers import Inputs, Observed, kind, seeded
from course_lib.checks.recurrent_networks.writing import fixed_coins
from course_lib.checks.text_classification.models import SAME, double_precision, transplant
from course_lib.checks.text_classification.recurrent import changes, copies
from course_lib.data.languages import Game, all_languages, split_languages
from course_lib.ground_truth import ExerciseTruth
from course_lib.observation import attempt
from course_lib.verdict import Verdict

# --- language_model ----------------------------------------------------------------------------------------

TOKENS, EMBED, HIDDEN = 7, 3, 4
State = tuple[torch.Tensor, torch.Tensor]


def model_inputs(seed: int) -> Inputs:
    """Tokens (B, S), weights, and a state to start from."""
    rng = seeded(seed, 94)
    weights = {
        "words.weight": rng.normal(size=(TOKENS, EMBED)),
        "rnn.weight_ih_l0": rng.normal(size=(4 * HIDDEN, EMBED)) * 0.7,
        "rnn.weight_hh_l0": rng.normal(size=(4 * HIDDEN, HIDDEN)) * 0.7,
        "rnn.bias_ih_l0": rng.normal(size=4 * HIDDEN) * 0.5,
        "rnn.bias_hh_l0": rng.normal(size=4 * HIDDEN) * 0.5,
        "classifier.weight": rng.normal(size=(TOKENS, HIDDEN)),
        "classifier.bias": rng.normal(size=TOKENS),
    }
    tokens = rng.integers(TOKENS, size=(5, 6))
    tokens[0, :2] = [0, TOKENS - 1]
    return {
        "tokens": tokens,
        "weights": weights,
        "state": [rng.uniform(-0.9, 0.9, size=(1, 5, HIDDEN)) for _ in range(2)],
    }


def observe_language_model(inputs: Inputs, model_class: Any) -> Observed:
    """Logits and states of a model with given weights."""
    tokens = torch.tensor(inputs["tokens"])
    state = (torch.tensor(inputs["state"][0]), torch.tensor(inputs["state"][1]))

    def fresh() -> nn.Module:
        return model_class(TOKENS, EMBED, HIDDEN)

    def make() -> nn.Module:
        return transplant(fresh(), inputs["weights"]).eval()

    def read(some: torch.Tensor, *hidden: Any) -> Any:
        return make()(some.clone(), *hidden)

    def returned() -> list[Any]:
        parts = list(fresh()(tokens.clone()))
        return [_shape(part) for part in parts]

    def agree(one: Any, other: Any) -> list[str]:
        pairs = {"logits": (one[0], other[0])} | {
            name: (one[1][place], other[1][place]) for place, name in enumerate(("h", "c"))
        }
        found = {name: a.shape == b.shape and bool((a - b).abs().max() <= SAME) for name, (a, b) in pairs.items()}
        return [f"the same {name}" if same else f"other {name}" for name, same in found.items()]

    def alone() -> list[str]:
        model = make()
        together = model(tokens.clone())
        rows = [model(tokens[row : row + 1].clone()) for row in range(len(tokens))]
        logits = torch.cat([row[0] for row in rows])
        return agree(together, (logits, tuple(torch.cat([row[1][part] for row in rows], dim=1) for part in range(2))))

    def ahead() -> str:
        other = tokens.clone()
        other[:, 4:] = (other[:, 4:] + 1) % TOKENS
        changed = (read(other)[0][:, :4] - read(tokens)[0][:, :4]).abs().max() > SAME
        return "other logits" if changed else "the same logits"

    def in_pieces(size: int) -> list[str]:
        model = make()
        hidden, logits = None, []
        for piece in tokens.split(size, dim=1):
            found, hidden = model(piece.clone(), hidden)
            logits.append(found)
        return agree(model(tokens.clone()), (torch.cat(logits, dim=1), hidden))

    def again() -> list[str]:
        model = make()
        return agree(model(tokens.clone()), model(tokens.clone(), None))

    def training() -> list[str]:
        model = make()
        return agree(model(tokens.clone()), model.train()(tokens.clone()))

    def gradients() -> dict[str, Any]:
        model = make()
        (model(tokens.clone())[0] * torch.arange(1.0, TOKENS + 1)).sum().backward()
        return {name: weight.grad for name, weight in model.named_parameters()}

    def changed() -> list[str]:
        model = make()
        return changes(lambda some, h, c: model(some, (h, c)), {"tokens": tokens, "h": state[0], "c": state[1]})

    yield (
        "parameters and their shapes",
        attempt(lambda: {name: list(weight.shape) for name, weight in fresh().named_parameters()}),
    )
    yield "shapes of what forward returns", attempt(returned)
    with double_precision():
        yield "logits after one token", attempt(lambda: read(tokens[:1, :1])[0])
        yield "logits of one sequence", attempt(lambda: read(tokens[:1])[0])
        yield "logits of a batch", attempt(lambda: read(tokens)[0])
        yield "the state after the last token", attempt(lambda: list(read(tokens)[1]))
        yield "sequences alone and in a batch", attempt(alone)
        yield "logits of the first four tokens, where later ones change", attempt(ahead)
        yield "logits from a given state", attempt(lambda: read(tokens, tuple(copies(state)))[0])
        yield "two pieces with the state handed on, against all at once", attempt(in_pieces, 4)
        yield "token by token with the state handed on, against all at once", attempt(in_pieces, 1)
        yield "the same tokens once more, without a state", attempt(again)
        yield "training mode against evaluation mode", attempt(training)
        yield "gradients of the logits", attempt(gradients)
        yield "arguments that it changes", attempt(changed)


def _shape(value: Any) -> Any:
    """Shape of a tensor, or of each in a tuple; else the kind."""
    if isinstance(value, torch.Tensor):
        return list(value.shape)
    return [_shape(part) for part in value] if isinstance(value, tuple | list) else kind(value)


LANGUAGE_MODEL = Check(
    "meta_lstm.language_model",
    model_inputs,
    observe_language_model,
    {
        "parameters and their shapes": "words (nn.Embedding), rnn (nn.LSTM, one layer), classifier (nn.Linear)",
        "shapes of what forward returns": "logits (B, S, V), then nn.LSTM's state as it is: (h, c), (1, B, H) each",
        "logits after one token": "classifier(h), with h the output of the LSTM at this token; no softmax",
        "logits of one sequence": "the LSTM walks along the sequence: batch_first=True",
        "logits of a batch": "each row is a sequence by itself, and has logits at each of its tokens",
        "the state after the last token": "(h, c) as nn.LSTM returns it",
        "sequences alone and in a batch": "rows know nothing of each other",
        "logits of the first four tokens, where later ones change": "no look ahead: read from left to right only",
        "logits from a given state": "hand `hidden` to the LSTM",
        "two pieces with the state handed on, against all at once": "start from `hidden`, return the state at the end",
        "token by token with the state handed on, against all at once": "both h and c go in and come out",
        "the same tokens once more, without a state": "without `hidden` start from zeros: keep no state in the model",
        "training mode against evaluation mode": "no dropout",
        "gradients of the logits": "all parameters are trained through the logits: no detach, no padding_idx",
        "arguments that it changes": "no operation in place",
    },
    judge_cases,
)

# --- a reader for the exercises that get one ---------------------------------------------------------------

PLACES = 101  # states that the stand-in can be in
MOST_CALLS = 60


class Rule(nn.Module):
    """A reader without learning: its state depends on all tokens so far, and its logits are a row of a table.

    It reads like a language model: tokens (B, S), and the state that it gave back, if reading goes on.
    """

    def __init__(self, table: np.ndarray) -> None:
        """table: (PLACES, V)."""
        super().__init__()
        self.table = nn.Parameter(torch.tensor(table))
        self.calls = 0
        self.watched = False  # whether it was asked with gradients on

    def forward(self, tokens: torch.Tensor, hidden: State | None = None) -> tuple[torch.Tensor, State]:
        """Logits (B, S, V) and the state. Raises: RuntimeError: asked far too often."""
        self.calls += 1
        self.watched |= torch.is_grad_enabled()
        if self.calls > MOST_CALLS:
            raise RuntimeError(f"the model was called more than {MOST_CALLS} times")
        place = torch.full((len(tokens),), 1.0) if hidden is None else hidden[0][0, :, 0] + hidden[1][0, :, 0]
        places = []
        for token in tokens.unbind(dim=1):
            place = (7 * place + 13 * token + 5) % PLACES
            places.append(place)
        half = (place // 2)[None, :, None]
        return self.table[torch.stack(places, dim=1).long()], (half, place[None, :, None] - half)


# --- next_token_loss ---------------------------------------------------------------------------------------


def loss_inputs(seed: int) -> Inputs:
    """A table of logits, and sequences (B, S)."""
    rng = seeded(seed, 95)
    batch = rng.integers(TOKENS, size=(4, 6))
    batch[0, 2:4] = [0, TOKENS - 1]
    return {"table": rng.normal(size=(PLACES, TOKENS)) * 1.5, "batch": batch}


def observe_next_token_loss(inputs: Inputs, next_token_loss: Any) -> Observed:
    """Losses of a stand-in reader, and their gradient."""
    batch, table = torch.tensor(inputs["batch"]), inputs["table"]

    def loss(rows: slice = slice(None), steps: int | None = None, scale: float = 1.0) -> Any:
        return attempt(lambda: next_token_loss(Rule(table * scale), batch[rows, :steps].clone()))

    def returned() -> list[Any]:
        value = next_token_loss(Rule(table), batch.clone())
        return [kind(value).partition(" ")[0], list(value.shape)]

    def gradient() -> Any:
        model = Rule(table)
        next_token_loss(model, batch.clone()).backward()
        grad = model.table.grad
        return None if grad is None else {place: grad[place] for place in grad.any(dim=1).nonzero()[:, 0].tolist()}

    def changed() -> list[str]:
        return changes(lambda given: next_token_loss(Rule(table), given), {"batch": batch})

    yield "what it returns", attempt(returned)
    yield "all logits equal", loss(scale=0.0)
    yield "a sequence of two tokens", loss(slice(1), 2)
    yield "one sequence", loss(slice(1, 2))
    yield "a sequence with tokens 0 and V - 1", loss(slice(1))
    yield "a batch", loss()
    yield "large logits", loss(scale=500.0)
    yield "gradient", attempt(gradient)
    yield "arguments that it changes", attempt(changed)


NEXT_TOKEN_LOSS = Check(
    "meta_lstm.next_token_loss",
    loss_inputs,
    observe_next_token_loss,
    {
        "what it returns": "a scalar tensor, without .item()",
        "all logits equal": "ln V: -log of the softmax at the next token, in nats, and a mean over tokens",
        "a sequence of two tokens": "the model reads the first token, and what it says is compared with the second",
        "one sequence": "logits after token s are held against token s + 1; a mean over the S - 1 next tokens",
        "a sequence with tokens 0 and V - 1": "every next token counts, whatever it is: no ignore_index",
        "a batch": "the mean over all B (S - 1) next tokens; flatten(0, 1) keeps the V logits of a token together",
        "large logits": "take the logarithm of the softmax in one step: F.cross_entropy, log_softmax, logsumexp",
        "gradient": "the loss stays connected to the logits of all S - 1 tokens",
        "arguments that it changes": "no operation in place on the batch",
    },
    judge_cases,
)

# --- translated --------------------------------------------------------------------------------------------


def translated_inputs(seed: int) -> Inputs:
    """Games of other sizes than the notebook's, and values (B, S - 1) for each."""
    rng = seeded(seed, 96)
    games = [
        Game(1, 2, 3, 1),
        Game(1, 4, 5, int(rng.integers(3, 5))),
        Game(int(rng.integers(3, 6)), 3, 3, 1),
        Game(5, 2, 4, 3),
        Game(int(rng.integers(6, 9)), 3, 7, 2),
    ]
    sizes = (1, 1, 2, 3, 4)
    values = [
        rng.permutation(size * (game.length - 1)).reshape(size, -1) for size, game in zip(sizes, games, strict=True)
    ]
    return {"games": [list(game) for game in games], "values": values, "loss": rng.normal(size=values[3].shape)}


def observe_translated(inputs: Inputs, translated: Any) -> Observed:
    """Which values are taken, and where they stand."""
    games = [Game(*sizes) for sizes in inputs["games"]]
    values = [torch.tensor(some) for some in inputs["values"]]

    def taken(which: int, change: Any = torch.Tensor.clone) -> Any:
        return attempt(lambda: translated(games[which], change(values[which])))

    def types() -> list[str]:
        return [kind(translated(games[3], values[3].to(dtype))) for dtype in (torch.int64, torch.float32, torch.bool)]

    def gradient() -> Any:
        watched = torch.tensor(inputs["loss"]).requires_grad_()
        (translated(games[3], watched) ** 2).sum().backward()
        return watched.grad

    def changed() -> list[str]:
        return changes(lambda given: translated(games[3], given), {"values": values[3]})

    yield "one example of one word", taken(0)
    yield "shape", attempt(lambda: [list(translated(*pair).shape) for pair in zip(games, values, strict=True)])
    yield "one example of several words", taken(1)
    yield "examples of one word", taken(2)
    yield "examples of three words", taken(3)
    yield "a batch", taken(4)
    yield "values that are True or False", taken(3, lambda some: some % 3 == 0)
    yield "types for ints, floats and bools", attempt(types)
    yield "gradient", attempt(gradient)
    yield "arguments that it changes", attempt(changed)


TRANSLATED = Check(
    "meta_lstm.translated",
    translated_inputs,
    observe_translated,
    {
        "one example of one word": "values start with the token after the first SOH: word, STX, translated word, SOH",
        "shape": "(B, K, T), with the K and T of `game`",
        "one example of several words": "column j belongs to token j + 1 of the sequence",
        "examples of one word": "each example takes 2T + 2 columns, and every one counts",
        "examples of three words": "T columns of each example, from where its STX has been read to before the next SOH",
        "a batch": "rows stay rows, examples and words stay in their order",
        "values that are True or False": "only select: values of any type pass unchanged",
        "types for ints, floats and bools": "only select: the type stays as it is",
        "gradient": "select by slicing or indexing, so that gradients flow; no detach, no torch.tensor(...)",
        "arguments that it changes": "no operation in place on values",
    },
    judge_cases,
)

# --- translate ---------------------------------------------------------------------------------------------


def translate_inputs(seed: int) -> Inputs:
    """A game for each case, prompts for it, and tables that say what comes next."""
    rng = seeded(seed, 97)
    games = [Game(4, 3, 4, 1), Game(3, 3, 4, 2), Game(2, 3, 4, int(rng.integers(3, 5))), Game(4, 3, 4, 6)]
    tokens = games[0].num_tokens
    tables = rng.random((len(games), PLACES, tokens))
    for table in tables:
        table[np.arange(PLACES), rng.integers(tokens, size=PLACES)] += 1.0
    prompts = [rng.integers(tokens - 2, size=(5, size)) for size in (4, 10, 5, 15)]
    for some, game in zip(prompts, games, strict=True):
        some[:, 0], some[:, -1] = game.soh, game.stx
    return {"games": [list(game) for game in games], "tables": list(tables), "prompts": prompts}


def observe_translate(inputs: Inputs, translate: Any) -> Observed:
    """What is written after prompts by a stand-in reader whose state depends on every token."""
    games = [Game(*sizes) for sizes in inputs["games"]]
    prompts = [torch.tensor(some) for some in inputs["prompts"]]

    def write(which: int, rows: slice = slice(None)) -> tuple[torch.Tensor, Rule, bool]:
        """The words, the reader, and whether gradients are on afterwards; outside they stay as they were."""
        model = Rule(inputs["tables"][which])
        with fixed_coins(), torch.enable_grad():
            found = translate(games[which], model, prompts[which][rows].clone())
            return found, model, torch.is_grad_enabled()

    def written(which: int, rows: slice = slice(None)) -> Any:
        return attempt(lambda: write(which, rows)[0])

    def returned() -> list[Any]:
        found = write(1)[0]
        whole = isinstance(found, torch.Tensor) and not found.is_floating_point()
        return ["a tensor of whole numbers" if whole else kind(found), list(found.shape)]

    def watched() -> list[str]:
        _, model, after = write(2)
        return ["on" if model.watched else "off", "on" if after else "off"]

    def changed() -> list[str]:
        model = Rule(inputs["tables"][2])
        with torch.enable_grad():
            return changes(lambda given: translate(games[2], model, given), {"prompts": prompts[2]})

    def touched() -> list[str]:
        model = write(2)[1]
        return [] if torch.equal(model.table, Rule(inputs["tables"][2]).table) else ["table"]

    yield "what it returns", attempt(returned)
    yield "a sentence of one word", written(0, slice(1))
    yield "sentences of one word, a batch", written(0)
    yield "a sentence of two words", written(1, slice(1))
    yield "sentences of two words, a batch", written(1)
    yield "sentences of more words", written(2)
    yield "sentences of six words", written(3)
    yield "gradients while the model reads, and afterwards", attempt(watched)
    yield "weights that it changes", attempt(touched)
    yield "arguments that it changes", attempt(changed)


TRANSLATE = Check(
    "meta_lstm.translate",
    translate_inputs,
    observe_translate,
    {
        "what it returns": "a tensor (B, T) of tokens: the written words only, without the prompt",
        "a sentence of one word": "the argmax over all V tokens of the logits after the last token of the prompt",
        "sentences of one word, a batch": "each row writes a word of its own",
        "a sentence of two words": "the first word is read before the second is written, with all that came before it",
        "sentences of two words, a batch": "each row reads the word that it has written itself",
        "sentences of more words": "T is game.num_words; hand the state on, or read the longer text from its start",
        "sentences of six words": "every written word is read in its turn, and nothing is read twice",
        "gradients while the model reads, and afterwards": "read under torch.no_grad(), and only there",
        "weights that it changes": "translating is no training: the weights stay as they are",
        "arguments that it changes": "no operation in place on prompts",
    },
    judge_cases,
)

# --- train_language_model ----------------------------------------------------------------------------------

GAME = Game(num_examples=6, num_left=3, num_right=10, num_words=2)  # that of the notebook
PROMPTS = 600
SHARE = 0.8  # of what the reference gains over a guess among the right words
ALONE = "a prompt has the same translation alone and in a batch"
WORDS = "translated words"


def prompts_and_answers(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Prompts (N, P) in unseen languages up to the last STX, and the words (N, T) that must follow."""
    rng = seeded(seed, 98)
    _, unseen = split_languages(all_languages(GAME), seed=0)
    marks = {0: GAME.soh, GAME.num_words + 1: GAME.stx}
    texts = []
    for language in rng.choice(unseen.numpy(), size=PROMPTS).tolist():
        text: list[int] = []
        for place in range(GAME.length - 1):
            at = place % GAME.span
            drawn = int(rng.integers(GAME.num_left))
            if at in marks:
                text.append(marks[at])
            else:  # a translation stands T + 1 tokens behind its word
                text.append(drawn if at <= GAME.num_words else language[text[-GAME.num_words - 1]])
        texts.append(text)
    table = np.array(texts)
    return table[:, : -GAME.num_words], table[:, -GAME.num_words :]


def training_inputs(seed: int) -> Inputs:
    """Prompts in languages that no model was trained on."""
    return {"prompts": prompts_and_answers(seed)[0]}


def training_answers(seed: int) -> np.ndarray:
    """The right words, those of one prompt after those of the other."""
    return prompts_and_answers(seed)[1].ravel()


def accuracy(predicted: np.ndarray, answers: np.ndarray) -> float:
    """Share of words that are right. Both (N * T,)."""
    return float((np.asarray(predicted) == answers).mean())


def observe_training(inputs: Inputs, translations: Any) -> Observed:
    """Translated words (N * T,). translations: prompts (B, P) -> words (B, T)."""
    prompts = torch.tensor(inputs["prompts"])

    def words(some: torch.Tensor) -> np.ndarray:
        found = translations(some.clone())
        table = np.asarray(found.detach().cpu() if isinstance(found, torch.Tensor) else found, dtype="int64")
        if table.shape != (len(some), GAME.num_words):
            raise ValueError(f"words of shape {table.shape} for {len(some)} prompts")
        return table

    def alone() -> bool:
        return bool(np.array_equal(np.concatenate([words(one[None]) for one in prompts[:12]]), words(prompts[:12])))

    def flat() -> np.ndarray:
        table = words(prompts).ravel()
        return np.where((table >= 0) & (table < GAME.num_tokens), table, -1).astype("int8")

    yield ALONE, attempt(alone)
    yield WORDS, attempt(flat)


def judge_training(cases: Cases, truth: ExerciseTruth, check: Check, reveal: bool) -> Verdict:
    """Full marks for `check.share` of the reference's gain over a guess among the right words."""
    wording = Wording("languages", "translations", "a guess among the right words")
    return judge_gain(cases, truth, check, reveal, ALONE, WORDS, 1 / GAME.num_right, wording)


TRAIN_LANGUAGE_MODEL = Check(
    "meta_lstm.train_language_model",
    training_inputs,
    observe_training,
    {
        ALONE: "rows of a batch must not know of each other: batch_first=True, and no state kept in the model",
        WORDS: "fresh sequences of train_languages in each step, Adam at 0.01, clip at 1, and more steps",
    },
    judge_training,
    answers=training_answers,
    quality=accuracy,
    share=SHARE,
)

CHECKS = [LANGUAGE_MODEL, NEXT_TOKEN_LOSS, TRANSLATED, TRANSLATE, TRAIN_LANGUAGE_MODEL]
