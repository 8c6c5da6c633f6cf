"""Right answers to the exercises of `text_classification` in many styles: see course_lib/authoring/bank.py."""


# %% tokenize lower_each_token
tokenizer = WordPunctTokenizer()


def tokenize(text, max_length=128):
    tokens = tokenizer.tokenize(text)
    return [token.lower() for token in tokens[:max_length]]


# %% tokenize loop
def tokenize(text: str, max_length: int = 128) -> list[str]:
    result = []
    for token in WordPunctTokenizer().tokenize(text.strip().lower()):
        if len(result) == max_length:
            break
        result.append(token)
    return result


# %% tokenize wordpunct_function
def tokenize(text, max_length=128):
    from nltk import wordpunct_tokenize

    tokens = wordpunct_tokenize(str.lower(text))
    del tokens[max_length:]
    return tokens


# %% tokenize spans_and_islice
from itertools import islice


def tokenize(text, max_length=128):
    text = text.lower()
    return list(islice((text[a:b] for a, b in WordPunctTokenizer().span_tokenize(text)), max_length))


# %% tokenize regular_expression
import re


def tokenize(text, max_length=128):
    return re.findall(r"\w+|[^\w\s]+", text.lower())[:max_length]


# %% vocabulary plain_dicts
def build_vocabulary(token_lists, min_count=2):
    counts = {}
    for tokens in token_lists:
        for token in tokens:
            counts[token] = counts.get(token, 0) + 1
    kept = [(-count, word) for word, count in counts.items() if count >= min_count]
    kept.sort()
    vocabulary = {"<pad>": PAD, "<unk>": UNK}
    for _, word in kept:
        vocabulary[word] = len(vocabulary)
    return vocabulary


# %% vocabulary most_common_of_sorted
from itertools import chain


def build_vocabulary(token_lists, min_count=2):
    counter = Counter(sorted(chain.from_iterable(token_lists)))
    word2idx = {"<pad>": 0, "<unk>": 1}
    for index, (word, count) in enumerate(counter.most_common(), start=2):
        if count < min_count:
            break
        word2idx[word] = index
    return word2idx


# %% vocabulary two_stable_sorts
from collections import defaultdict


def build_vocabulary(token_lists, min_count=2):
    counts = defaultdict(int)
    for tokens in token_lists:
        for token in tokens:
            counts[token] += 1
    words = sorted(counts)
    words.sort(key=counts.get, reverse=True)
    words = ["<pad>", "<unk>"] + [word for word in words if counts[word] >= min_count]
    return dict(zip(words, range(len(words))))


# %% vocabulary numpy
import numpy as np


def build_vocabulary(token_lists, min_count=2):
    tokens = [token for tokens in token_lists for token in tokens]
    if not tokens:
        return {"<pad>": 0, "<unk>": 1}
    words, counts = np.unique(np.array(tokens, dtype=object), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    kept = [words[place] for place in order if counts[place] >= min_count]
    return {word: index for index, word in enumerate(["<pad>", "<unk>"] + kept)}


# %% vocabulary counter_updates
def build_vocabulary(token_lists, min_count=2):
    counter = Counter()
    for tokens in token_lists:
        counter.update(tokens)
    vocabulary = Counter({"<unk>": 1, "<pad>": 0})
    rank = 2
    for word, count in sorted(counter.items(), key=lambda item: (-item[1], item[0])):
        if count >= min_count:
            vocabulary[word] = rank
            rank += 1
    return vocabulary


# %% unknown_share loops
def unknown_share(token_lists, word2idx):
    unknown = total = 0
    for tokens in token_lists:
        for token in tokens:
            total += 1
            if token not in word2idx:
                unknown += 1
    if total == 0:
        return 0.0
    return unknown / total


# %% unknown_share numpy_mean
import numpy as np


def unknown_share(token_lists, word2idx):
    flags = np.array([word not in word2idx for tokens in token_lists for word in tokens])
    return flags.mean() if flags.size else 0.0


# %% unknown_share counter
def unknown_share(token_lists, word2idx):
    counts = Counter()
    for tokens in token_lists:
        counts.update(tokens)
    try:
        return sum(n for word, n in counts.items() if word not in word2idx.keys()) / sum(counts.values())
    except ZeroDivisionError:
        return 0.0


# %% unknown_share torch
def unknown_share(token_lists, word2idx):
    flags = [word2idx.get(word, UNK) == UNK for word in sum(token_lists, [])]
    return torch.tensor(flags, dtype=torch.float64).mean().item() if flags else 0.0


# %% unknown_share one_minus_known
def unknown_share(token_lists, word2idx):
    known = set(word2idx)
    total = sum(map(len, token_lists))
    return 1 - sum(len([w for w in tokens if w in known]) for tokens in token_lists) / total if total else 0.0


# %% encode loop
def encode(tokens, word2idx):
    indices = []
    for token in tokens:
        if token in word2idx:
            indices.append(word2idx[token])
        else:
            indices.append(UNK)
    return indices


# %% encode key_error
def encode(tokens, word2idx):
    def index(token):
        try:
            return word2idx[token]
        except KeyError:
            return word2idx["<unk>"]

    return list(map(index, tokens))


# %% encode default_dict
from collections import defaultdict


def encode(tokens, word2idx):
    lookup = defaultdict(lambda: UNK, word2idx)
    return [lookup[token] for token in tokens]


# %% encode numpy
import numpy as np


def encode(tokens, word2idx):
    return np.array([word2idx.get(token, word2idx["<unk>"]) for token in tokens], dtype=np.int64).tolist()


# %% encode numpy_integers
import numpy as np


def encode(tokens, word2idx):
    return [np.int64(word2idx[token] if token in word2idx.keys() else 1) for token in tokens]


# %% collate pad_sequence
from torch.nn.utils.rnn import pad_sequence


def collate_fn(batch):
    texts = [torch.as_tensor(row["features"], dtype=torch.long) for row in batch]
    features = pad_sequence(texts, batch_first=True, padding_value=PAD)
    if features.shape[1] == 0:
        features = torch.full((len(batch), 1), PAD)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch], dtype=torch.long)}


# %% collate lists
def collate_fn(batch):
    lists = [list(map(int, row["features"])) for row in batch]
    longest = max(max(map(len, lists)), 1)
    features = torch.LongTensor([indices + [PAD] * (longest - len(indices)) for indices in lists])
    return dict(features=features, labels=torch.LongTensor([row["label"] for row in batch]))


# %% collate numpy
import numpy as np


def collate_fn(batch):
    lengths = [len(row["features"]) for row in batch]
    features = np.zeros((len(batch), max([1] + lengths)), dtype=np.int64)
    for row, length, source in zip(features, lengths, batch):
        row[:length] = np.asarray(source["features"])
    labels = np.array([int(source["label"]) for source in batch], dtype=np.int64)
    return {"labels": torch.from_numpy(labels), "features": torch.from_numpy(features)}


# %% collate functional_pad
def collate_fn(batch):
    texts = [torch.tensor([int(index) for index in row["features"]], dtype=torch.int64) for row in batch]
    width = max([text.numel() for text in texts] + [1])
    features = torch.stack([F.pad(text, (0, width - text.numel()), value=PAD) for text in texts])
    labels = torch.empty(len(batch), dtype=torch.int64)
    for place, row in enumerate(batch):
        labels[place] = row["label"]
    return {"features": features, "labels": labels}


# %% collate zip_longest
from itertools import zip_longest


def collate_fn(batch):
    columns = list(zip_longest(*(row["features"] for row in batch), fillvalue=PAD)) or [[PAD] * len(batch)]
    features = torch.tensor([[int(index) for index in column] for column in columns]).T.contiguous()
    return {"features": features, "labels": torch.stack([torch.tensor(row["label"]) for row in batch])}


# %% cnn_model relu_after_the_maximum
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        padding = features.eq(PAD)[:, None, :]
        embedded = self.embeddings(features).transpose(-1, -2)
        best = [conv(embedded).masked_fill(padding, -float("inf")).amax(-1) for conv in self.convolutions]
        return self.classifier(self.dropout(F.relu(torch.hstack(best))))


# %% cnn_model functional_all_through
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.dropout = dropout
        self.embeddings = nn.Embedding(num_words, embed_size, PAD)
        self.embeddings.weight.data *= 0.1
        self.convolutions = nn.ModuleList()
        for size in kernel_sizes:
            self.convolutions.append(nn.Conv1d(embed_size, hidden_size, size, padding="same"))
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        words = F.embedding(features, self.embeddings.weight, padding_idx=PAD).mT
        found = []
        for convolution in self.convolutions:
            weight = convolution.weight
            windows = F.conv1d(words, weight, convolution.bias, padding=weight.shape[-1] // 2).clamp(min=0)
            windows = torch.where(features.ne(PAD).unsqueeze(1), windows, 0.0)
            found.append(F.adaptive_max_pool1d(windows, 1).squeeze(-1))
        vector = F.dropout(torch.cat(found, -1), self.dropout, self.training)
        return F.linear(vector, self.classifier.weight, self.classifier.bias)


# %% cnn_model text_by_text_without_padding
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        vectors = []
        for text in features:
            words = text[text != PAD]
            if len(words) == 0:
                vectors.append(torch.zeros(self.classifier.in_features, device=features.device))
                continue
            embedded = self.embeddings(words).T.unsqueeze(0)
            parts = [conv(embedded).relu().squeeze(0).max(dim=1)[0] for conv in self.convolutions]
            vectors.append(torch.cat(parts))
        return self.classifier(self.dropout(torch.stack(vectors)))


# %% cnn_model filled_in_rectangle
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).float()
        x = self.embeddings(features).permute(0, 2, 1).contiguous()
        hidden = self.convolutions[0].out_channels
        pooled = torch.zeros(len(features), hidden * len(self.convolutions), device=features.device)
        for i, conv in enumerate(self.convolutions):
            c = nn.ReLU()(conv(x)) * mask[:, None]
            pooled[:, i * hidden : (i + 1) * hidden] = F.max_pool1d(c, kernel_size=c.shape[2])[:, :, 0]
        return self.classifier(self.dropout(pooled))


# %% cnn_model windows_by_unfold
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        embedded = self.embeddings(features)  # (B, T, D)
        real = (features != PAD)[..., None]
        maxima = []
        for conv in self.convolutions:
            (size,) = conv.kernel_size
            windows = F.pad(embedded, (0, 0, size // 2, size // 2)).unfold(1, size, 1)  # (B, T, D, k)
            scores = torch.einsum("btdk,hdk->bth", windows, conv.weight) + conv.bias
            maxima.append(torch.relu(scores).where(real, torch.zeros(())).max(dim=1).values)
        return self.classifier(self.dropout(torch.cat(maxima, 1)))


# %% cnn_model subclasses_and_sequential
class Windows(nn.Conv1d):
    """A convolution whose windows are centred, with the maximum over real words."""

    def __init__(self, embed_size, hidden_size, size):
        super().__init__(embed_size, hidden_size, kernel_size=size, padding=(size - 1) // 2)

    def forward(self, embedded, lengths):
        found = F.relu(super().forward(embedded))
        beyond = torch.arange(found.shape[2], device=found.device)[None, :] >= lengths[:, None]
        return found.masked_fill(beyond.unsqueeze(1), 0).amax(dim=2)


class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        table = torch.randn(num_words, embed_size) / 10
        table[0] = 0
        self.embeddings = nn.Embedding.from_pretrained(table, freeze=False, padding_idx=0)
        self.convolutions = nn.Sequential(*(Windows(embed_size, hidden_size, size) for size in kernel_sizes))
        self.drop = nn.Dropout(p=dropout)
        self.classifier = nn.Linear(in_features=hidden_size * len(kernel_sizes), out_features=num_classes)

    def forward(self, features):
        lengths = torch.count_nonzero(features, dim=1)
        embedded = torch.swapaxes(self.embeddings(features), 1, 2)
        text = torch.concat([layer(embedded, lengths) for layer in self.convolutions], dim=-1)
        return self.classifier(self.drop(text))


# %% train_step plain
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    features, labels = (batch[name].to(device_of(model)) for name in ("features", "labels"))
    model = model.train()
    loss = criterion(model(features), labels)
    model.zero_grad()
    loss.backward()
    if max_grad_norm:
        torch.nn.utils.clip_grad_norm_(list(model.parameters()), max_norm=max_grad_norm, norm_type=2.0)
    optimizer.step()
    return float(loss)


# %% train_step clipped_by_hand
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train(True)
    place = device_of(model)
    optimizer.zero_grad(set_to_none=False)
    output = model.forward(batch["features"].to(place))
    loss = criterion(output, batch["labels"].to(place))
    loss.backward()
    if max_grad_norm is not None:
        gradients = [weight.grad for weight in model.parameters() if weight.grad is not None]
        norm = math.sqrt(sum(float((gradient**2).sum()) for gradient in gradients))
        for gradient in gradients:
            gradient.mul_(min(1.0, max_grad_norm / norm))
    optimizer.step()
    return loss.detach().cpu().item()


# %% train_step functional_gradients
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    device = device_of(model)
    batch = {name: tensor.to(device) for name, tensor in batch.items()}
    with torch.enable_grad():
        loss = criterion(model(batch["features"]), batch["labels"])
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    for weight, gradient in zip(weights, torch.autograd.grad(loss, weights)):
        weight.grad = gradient
    limit = float("inf") if max_grad_norm is None else max_grad_norm
    nn.utils.clip_grad_norm_(weights, limit)
    optimizer.step()
    return loss.tolist()


# %% train_step closure
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    def closure():
        optimizer.zero_grad()
        loss = criterion(model(batch["features"].to(device_of(model))), batch["labels"].to(device_of(model)))
        loss.backward()
        if max_grad_norm is not None:
            nn.utils.clip_grad_norm_([w for group in optimizer.param_groups for w in group["params"]], max_grad_norm)
        return loss

    model.train()
    return optimizer.step(closure).item()


# %% evaluate decorator
import numpy as np


@torch.no_grad()
def evaluate(model, criterion, loader):
    model.eval()
    losses, hits, sizes = [], [], []
    for batch in loader:
        logits = model(batch["features"].to(device_of(model)))
        labels = batch["labels"].to(device_of(model))
        losses.append(criterion(logits, labels).item())
        hits.append((logits.argmax(-1) == labels).float().sum().item())
        sizes.append(labels.shape[0])
    if not sizes:
        return 0.0, 0.0
    return float(np.average(losses, weights=sizes)), float(np.sum(hits) / np.sum(sizes))


# %% evaluate all_at_once
def evaluate(model, criterion, loader):
    model.train(False)
    logits, labels = [], []
    with torch.inference_mode():
        for batch in loader:
            logits.append(model(batch["features"].to(device_of(model))).cpu())
            labels.append(batch["labels"])
        if not logits:
            return 0.0, 0.0
        logits, labels = torch.cat(logits), torch.cat(labels)
        return criterion(logits, labels).item(), (logits.max(dim=1).indices == labels).double().mean().item()


# %% evaluate tensors_until_the_end
def evaluate(model, criterion, loader):
    if len(loader) == 0:
        return [0.0, 0.0]
    was_training = model.training
    model.eval()
    loss = torch.zeros(())
    right = torch.zeros((), dtype=torch.long)
    with torch.set_grad_enabled(False):
        for batch in loader:
            prediction = model(batch["features"])
            loss += criterion(prediction, batch["labels"]) * len(batch["features"])
            right += torch.sum(prediction.topk(1).indices[:, 0] == batch["labels"])
    model.train(was_training)
    return [float(loss / len(loader.dataset)), float(right / len(loader.dataset))]


# %% evaluate numpy
def evaluate(model, criterion, loader):
    model.eval()
    loss, correct, num_objs = 0, 0, 0
    for batch in loader:
        with torch.no_grad():
            logits = model(batch["features"].to(device_of(model)))
            loss += float(criterion(logits, batch["labels"].to(device_of(model)))) * batch["labels"].numel()
        guesses = logits.cpu().numpy().argmax(axis=1)
        correct += int((guesses == batch["labels"].numpy()).sum())
        num_objs += len(guesses)
    num_objs = max(num_objs, 1)
    return loss / num_objs, correct / num_objs


# %% evaluate sklearn
def evaluate(model, criterion, loader):
    from sklearn.metrics import accuracy_score

    model.eval()
    total, truth, guesses = 0.0, [], []
    with torch.no_grad():
        for batch in tqdm(loader, leave=False):
            logits = model(batch["features"])
            total += criterion(logits, batch["labels"]).item() * len(batch["labels"])
            truth += batch["labels"].tolist()
            guesses += logits.argmax(dim=1).tolist()
    return (total / len(truth), float(accuracy_score(truth, guesses))) if truth else (0.0, 0.0)


# %% training average_of_steps
import numpy as np


def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2):
    history = []
    for epoch in tqdm(range(num_epochs)):
        losses, sizes = [], []
        for batch in loaders["train"]:
            losses.append(train_step(model, criterion, optimizer, batch, max_grad_norm))
            sizes.append(len(batch["features"]))
        train_loss = float(np.dot(losses, sizes) / sum(sizes))
        results = evaluate(model, criterion, loaders["valid"])
        history.append(dict(zip(("train_loss", "valid_loss", "accuracy"), (train_loss, *results))))
    return history


# %% training all_inside
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    place = device_of(model)
    for epoch in range(num_epochs):
        model.train()
        train_loss = 0.0
        bar = tqdm(loaders["train"], desc=f"epoch {epoch + 1}")
        for batch in bar:
            features, labels = batch["features"].to(place), batch["labels"].to(place)
            loss = criterion(model(features), labels)
            optimizer.zero_grad()
            loss.backward()
            if max_grad_norm is not None:
                torch.nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
            optimizer.step()
            train_loss += loss.item() * len(labels)
            bar.set_postfix(loss=loss.item())
        model.eval()
        valid_loss, right = 0.0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                features, labels = batch["features"].to(place), batch["labels"].to(place)
                prediction = model(features)
                valid_loss += criterion(prediction, labels).item() * len(labels)
                right += (prediction.argmax(dim=-1) == labels).sum().item()
        texts = len(loaders["valid"].dataset)
        history.append(
            {
                "train_loss": train_loss / len(loaders["train"].dataset),
                "valid_loss": valid_loss / texts,
                "accuracy": right / texts,
            }
        )
        print(history[-1])
    return history


# %% training generator_of_epochs
def one_epoch(model, criterion, optimizer, loader, max_grad_norm):
    steps = [
        (train_step(model, criterion, optimizer, batch, max_grad_norm), batch["labels"].numel())
        for batch in tqdm(loader, leave=False)
    ]
    return sum(loss * size for loss, size in steps) / sum(size for _, size in steps)


def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    def epochs():
        for _ in range(num_epochs):
            train_loss = one_epoch(model, criterion, optimizer, loaders["train"], max_grad_norm)
            valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
            yield {"accuracy": accuracy, "valid_loss": valid_loss, "train_loss": train_loss}

    return list(epochs())


# %% training while_and_running_mean
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    while len(history) < num_epochs:
        mean, seen = 0.0, 0
        for batch in tqdm(loaders["train"], total=len(loaders["train"])):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            seen += len(batch["labels"])
            mean += (loss - mean) * len(batch["labels"]) / seen
        history.append({"train_loss": mean})
        history[-1]["valid_loss"], history[-1]["accuracy"] = evaluate(model, criterion, loaders["valid"])
        model.train()
    return history


# %% cnn_accuracy one_width_more_detectors
def train_cnn():
    torch.manual_seed(3)
    model = CNNModel(len(word2idx), 64, 128, kernel_sizes=(3,), dropout=0.2).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-3)
    history = training(model, nn.CrossEntropyLoss(), optimizer, num_epochs=6, loaders=loaders, max_grad_norm=None)
    return model, history


cnn, cnn_history = timed("CNN", train_cnn)


# %% cnn_accuracy loop_by_hand
def train_cnn():
    torch.manual_seed(1)
    model = CNNModel(len(word2idx), 50, 64, kernel_sizes=(1, 3, 5))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    history = []
    for epoch in range(6):
        model.train()
        for batch in loaders["train"]:
            optimizer.zero_grad()
            F.cross_entropy(model(batch["features"]), batch["labels"]).backward()
            optimizer.step()
        history.append(evaluate(model, nn.CrossEntropyLoss(), loaders["valid"])[1])
    return model.eval(), history


cnn, cnn_history = timed("CNN", train_cnn)


# %% last_states loop_and_stack
def last_states(states, lengths, start):
    result = []
    for b in range(states.size(0)):
        n = lengths[b].item()
        result.append(states[b, n - 1] if n > 0 else start[b])
    return torch.stack(result)


# %% last_states gather
def last_states(states, lengths, start):
    index = (lengths - 1).clamp(min=0).view(-1, 1, 1).expand(-1, 1, states.size(2))
    picked = states.gather(1, index).squeeze(1)
    empty = (lengths == 0).unsqueeze(-1)
    return picked.masked_fill(empty, 0) + start * empty


# %% last_states start_in_front
def last_states(states, lengths, start):
    """With the start in front, the state after n words has the index n."""
    with_start = torch.cat([start.unsqueeze(1), states], dim=1)
    return with_start[torch.arange(len(lengths)), lengths]


# %% last_states mask_and_sum
def last_states(states, lengths, start):
    steps = torch.arange(1, states.shape[1] + 1, device=states.device)
    is_last = steps == lengths.unsqueeze(1)
    return (states * is_last.unsqueeze(2)).sum(1) + start * lengths.eq(0).to(start.dtype)[:, None]


# %% last_states one_hot_product
def last_states(states, lengths, start):
    steps = F.one_hot(lengths, states.shape[1] + 1).to(states.dtype)
    return torch.einsum("bt,bth->bh", steps, torch.cat((start[:, None], states), 1))


# %% last_states clone_of_start
def last_states(states, lengths, start):
    last = start.clone()
    for b, n in enumerate(lengths.tolist()):
        if n:
            last[b] = states[b][:n][-1]
    return last


# %% last_states take_along_dim
def last_states(states, lengths, start):
    where = lengths.sub(1).clamp_min(0)[:, None, None]
    last = torch.take_along_dim(states, where, dim=1)[:, 0]
    last[lengths < 1] = start[lengths < 1]
    return last


# %% last_states flattened
def last_states(states, lengths, start):
    import numpy as np

    batch, steps, hidden = states.shape
    flat = torch.vstack([states.reshape(batch * steps, hidden), start])
    rows = np.arange(batch)
    counts = lengths.numpy()
    index = np.where(counts > 0, rows * steps + counts - 1, batch * steps + rows)
    return flat.index_select(0, torch.from_numpy(index))


# %% rnn functional_linear_and_preallocated_states
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.H = hidden_size
        bound = 1 / hidden_size**0.5
        shapes = {"weight_ih": (hidden_size, embed_size), "weight_hh": (hidden_size, hidden_size)}
        shapes |= {"bias_ih": (hidden_size,), "bias_hh": (hidden_size,)}
        for name, shape in shapes.items():
            self.register_parameter(name, nn.Parameter(torch.distributions.Uniform(-bound, bound).sample(shape)))

    def forward(self, x, lengths, hidden=None):
        B, T, _ = x.shape
        state = hidden if hidden is not None else torch.zeros((B, self.H)).to(x)
        projected = F.linear(x, self.weight_ih, self.bias_ih)
        states = torch.empty(B, T, self.H, dtype=x.dtype, device=x.device)
        start = state
        for t in range(T):
            state = F.linear(state, self.weight_hh, self.bias_hh).add(projected[:, t]).tanh()
            states[:, t] = state
        last = start.clone()
        for b, n in enumerate(lengths):
            if n > 0:
                last[b] = states[b, n - 1]
        return states, last


# %% rnn state_stays_over_padding
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.zeros(hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(hidden_size))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -1 / math.sqrt(hidden_size), 1 / math.sqrt(hidden_size))

    def forward(self, x, lengths, hidden=None):
        batch, steps = x.shape[:2]
        h = hidden
        if h is None:
            h = torch.zeros(batch, self.hidden_size, dtype=self.weight_hh.dtype, device=x.device)
        from_words = torch.einsum("btd,hd->tbh", x, self.weight_ih) + self.bias_ih + self.bias_hh
        mask = torch.arange(steps, device=x.device).unsqueeze(1) < lengths  # (T, B)
        states = []
        for word, real in zip(from_words, mask):
            h = torch.where(real.unsqueeze(1), torch.tanh(word + h.matmul(self.weight_hh.t())), h)
            states.append(h)
        return torch.stack(states).transpose(0, 1), h


# %% rnn packed_sequence
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.zeros(hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(hidden_size))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -1 / math.sqrt(hidden_size), 1 / math.sqrt(hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(x.shape[0], self.hidden_size)
        packed = nn.utils.rnn.pack_padded_sequence(
            x, lengths.clamp(min=1).cpu(), batch_first=True, enforce_sorted=False
        )
        inputs = packed.data @ self.weight_ih.T + self.bias_ih
        state = hidden[packed.sorted_indices]
        outputs, at = [], 0
        for size in packed.batch_sizes.tolist():
            new = torch.tanh(inputs[at : at + size] + state[:size] @ self.weight_hh.T + self.bias_hh)
            state = torch.cat([new, state[size:]])
            outputs.append(new)
            at += size
        packed_states = nn.utils.rnn.PackedSequence(
            torch.cat(outputs), packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices
        )
        states, _ = nn.utils.rnn.pad_packed_sequence(packed_states, batch_first=True, total_length=x.shape[1])
        last = state[packed.unsorted_indices]
        return states, torch.where(lengths.unsqueeze(1) == 0, hidden, last)


# %% rnn cell_of_its_own
import numpy as np


class Recurrent(nn.Module):
    """The walk over time; what a step does is told by a subclass."""

    parts = 1

    def __init__(self, embed_size, hidden_size):
        super().__init__()
        k = 1 / np.sqrt(hidden_size)
        rows = self.parts * hidden_size

        def weights(*shape):
            return nn.Parameter((2 * torch.rand(*shape) - 1) * k)

        self.weight_ih, self.weight_hh = weights(rows, embed_size), weights(rows, hidden_size)
        self.bias_ih, self.bias_hh = weights(rows), weights(rows)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x[:, 0, :1] * torch.zeros_like(self.weight_hh[:1])
        states = [hidden]
        for word in torch.unbind(torch.matmul(x, self.weight_ih.mT) + self.bias_ih, dim=1):
            states.append(self.step(word, torch.addmm(self.bias_hh, states[-1], self.weight_hh.mT), states[-1]))
        everything = torch.stack(states, dim=1)
        return everything[:, 1:], everything[torch.arange(len(x), device=x.device), lengths]


class RNN(Recurrent):
    def step(self, word, old, state):
        return torch.tanh(word + old)


# %% rnn biases_of_zero_and_matrices_turned_around
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        bound = hidden_size**-0.5
        self.weight_ih = nn.Parameter(torch.FloatTensor(hidden_size, embed_size).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.FloatTensor(hidden_size, hidden_size).uniform_(-bound, bound))
        self.bias_ih = nn.Parameter(torch.zeros(hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(hidden_size))

    def forward(self, x, lengths, hidden=None):
        """With columns for texts, as in the formula."""
        words = torch.tensordot(self.weight_ih, x, dims=([1], [2])) + self.bias_ih[:, None, None]  # (H, B, T)
        if hidden is None:
            hidden = torch.zeros_like(words[:, :, 0]).T
        h, states = hidden.T, []
        for t in range(words.shape[2]):
            h = torch.tanh(words[:, :, t] + self.weight_hh @ h + self.bias_hh[:, None])
            states += [h.T]
        states = torch.stack(states, 1)
        return states, last_states(states, lengths, hidden)


# %% rnn word_and_state_in_one_product
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.zeros(hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(hidden_size))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -1 / math.sqrt(hidden_size), 1 / math.sqrt(hidden_size))

    def forward(self, x, lengths, hidden=None):
        h = x.new_zeros(len(x), self.hidden_size) if hidden is None else hidden
        start = h
        weight = torch.cat([self.weight_ih, self.weight_hh], dim=1)
        states = []
        for word in x.unbind(1):
            h = torch.tanh(F.linear(torch.cat([word, h], dim=1), weight, self.bias_ih + self.bias_hh))
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, start)


# %% rnn_model one_expression
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        return self.classifier(self.drop(self.layer(self.embeddings(features), features.ne(0).sum(dim=-1))[1]))


# %% rnn_model initial_state_and_states
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = torch.tensor([int((text != PAD).sum()) for text in features], device=features.device)
        embedded = self.embeddings(features)
        start = embedded.new_zeros(len(features), self.classifier.in_features)
        states, _ = self.layer(embedded, lengths, start)
        return self.classifier(self.drop(last_states(states, lengths, start)))


# %% rnn_model functional
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.add_module("embeddings", nn.Embedding(num_words, embed_size, PAD))
        nn.init.trunc_normal_(self.embeddings.weight, std=0.1)
        nn.init.zeros_(self.embeddings.weight[PAD])
        self.layer = layer_class(embed_size=embed_size, hidden_size=hidden_size)
        self.classifier = nn.Linear(out_features=num_classes, in_features=hidden_size)
        self.rate = dropout

    def forward(self, features):
        lengths = torch.count_nonzero(features, dim=1)
        last = self.layer(F.embedding(features, self.embeddings.weight, PAD), lengths=lengths)[-1]
        last = F.dropout(last, p=self.rate, training=self.training)
        return torch.addmm(self.classifier.bias, last, self.classifier.weight.t())


# %% rnn_model base_class_of_readers
class Reader(nn.Module):
    def __init__(self, num_words, embed_size, layer):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        with torch.no_grad():
            self.embeddings.weight[1:].normal_(0, 0.1)
        self.layer = layer

    def read(self, features):
        mask = torch.logical_not(torch.eq(features, PAD))
        lengths = mask.long().sum(dim=1)
        return self.layer(self.embeddings(features), lengths)


class RNNModel(Reader):
    def __init__(
        self,
        num_words: int,
        embed_size: int,
        hidden_size: int,
        num_classes: int = 4,
        dropout: float = 0.0,
        layer_class: type = RNN,
    ):
        super().__init__(num_words, embed_size, layer_class(embed_size, hidden_size))
        self.dropout = nn.Identity() if dropout == 0 else nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        _, last = self.read(features)
        return self.classifier(self.dropout(last))


# %% rnn_model int32_lengths_and_no_wasted_columns
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).to(torch.int32).cumsum(dim=1)[:, -1]
        longest = max(1, int(lengths.max()))
        features = features[:, :longest]
        _, last = self.layer(self.embeddings(features), lengths)
        logits = self.classifier(self.drop(last))
        return logits


# %% rnn_accuracy falling_rate
def train_rnn():
    torch.manual_seed(2)
    model = RNNModel(len(word2idx), 50, 64).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    history = []
    for epoch in range(12):
        history += training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, max_grad_norm=1.0)
        for group in optimizer.param_groups:
            group["lr"] *= 0.97
    return model, history


rnn, rnn_history = timed("RNN", train_rnn)


# %% rnn_accuracy adamw_and_label_smoothing
def train_rnn():
    torch.manual_seed(2)
    model = RNNModel(len(word2idx), embed_size=50, hidden_size=64).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002, weight_decay=0.001)
    criterion = nn.CrossEntropyLoss(label_smoothing=0.02)
    return model, training(model, criterion, optimizer, 12, loaders, 1.0)


rnn, rnn_history = timed("RNN", train_rnn)


# %% gru functional_linear_and_preallocated_states
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.H = hidden_size
        bound = 1 / hidden_size**0.5
        shapes = {"weight_ih": (3 * hidden_size, embed_size), "weight_hh": (3 * hidden_size, hidden_size)}
        shapes |= {"bias_ih": (3 * hidden_size,), "bias_hh": (3 * hidden_size,)}
        for name, shape in shapes.items():
            self.register_parameter(name, nn.Parameter(torch.distributions.Uniform(-bound, bound).sample(shape)))

    def forward(self, x, lengths, hidden=None):
        B, T, _ = x.shape
        H = self.H
        state = hidden if hidden is not None else torch.zeros((B, H)).to(x)
        projected = F.linear(x, self.weight_ih, self.bias_ih)
        states = torch.empty(B, T, H, dtype=x.dtype, device=x.device)
        start = state
        for t in range(T):
            old = F.linear(state, self.weight_hh, self.bias_hh)
            new = projected[:, t]
            r = (new[:, :H] + old[:, :H]).sigmoid()
            z = (new[:, H : 2 * H] + old[:, H : 2 * H]).sigmoid()
            n = (new[:, 2 * H :] + r * old[:, 2 * H :]).tanh()
            state = n + z * (state - n)
            states[:, t] = state
        last = start.clone()
        for b, length in enumerate(lengths):
            if length > 0:
                last[b] = states[b, length - 1]
        return states, last


# %% gru state_stays_over_padding
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(3 * hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.zeros(3 * hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(3 * hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(3 * hidden_size))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -1 / math.sqrt(hidden_size), 1 / math.sqrt(hidden_size))

    def forward(self, x, lengths, hidden=None):
        batch, steps = x.shape[:2]
        h = hidden
        if h is None:
            h = torch.zeros(batch, self.hidden_size, dtype=self.weight_hh.dtype, device=x.device)
        from_words = torch.einsum("btd,hd->tbh", x, self.weight_ih) + self.bias_ih
        mask = torch.arange(steps, device=x.device).unsqueeze(1) < lengths  # (T, B)
        states = []
        for word, real in zip(from_words, mask):
            x_r, x_z, x_n = word.view(batch, 3, -1).unbind(1)
            h_r, h_z, h_n = torch.einsum("bh,gh->bg", h, self.weight_hh).add(self.bias_hh).view(batch, 3, -1).unbind(1)
            z = torch.sigmoid(x_z + h_z)
            n = torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n)
            h = torch.where(real.unsqueeze(1), (1 - z) * n + z * h, h)
            states.append(h)
        return torch.stack(states).transpose(0, 1), h


# %% gru packed_sequence
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(3 * hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.zeros(3 * hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(3 * hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(3 * hidden_size))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -1 / math.sqrt(hidden_size), 1 / math.sqrt(hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(x.shape[0], self.hidden_size)
        packed = nn.utils.rnn.pack_padded_sequence(
            x, lengths.clamp(min=1).cpu(), batch_first=True, enforce_sorted=False
        )
        inputs = packed.data @ self.weight_ih.T + self.bias_ih
        state = hidden[packed.sorted_indices]
        outputs, at = [], 0
        for size in packed.batch_sizes.tolist():
            now = inputs[at : at + size].chunk(3, 1)
            old = (state[:size] @ self.weight_hh.T + self.bias_hh).chunk(3, 1)
            reset, update = torch.sigmoid(now[0] + old[0]), torch.sigmoid(now[1] + old[1])
            new = torch.lerp(torch.tanh(now[2] + reset * old[2]), state[:size], update)
            state = torch.cat([new, state[size:]])
            outputs.append(new)
            at += size
        packed_states = nn.utils.rnn.PackedSequence(
            torch.cat(outputs), packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices
        )
        states, _ = nn.utils.rnn.pad_packed_sequence(packed_states, batch_first=True, total_length=x.shape[1])
        last = state[packed.unsorted_indices]
        return states, torch.where(lengths.unsqueeze(1) == 0, hidden, last)


# %% gru cell_of_its_own
class Recurrent(nn.Module):
    """The walk over time; what a step does is told by a subclass."""

    def __init__(self, embed_size, hidden_size):
        super().__init__()
        k = 1 / math.sqrt(hidden_size)
        rows = 3 * hidden_size

        def weights(*shape):
            return nn.Parameter((2 * torch.rand(*shape) - 1) * k)

        self.weight_ih, self.weight_hh = weights(rows, embed_size), weights(rows, hidden_size)
        self.bias_ih, self.bias_hh = weights(rows), weights(rows)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x[:, 0, :1] * torch.zeros_like(self.weight_hh[:1])
        states = [hidden]
        for word in torch.unbind(torch.matmul(x, self.weight_ih.mT) + self.bias_ih, dim=1):
            states.append(self.step(word, torch.addmm(self.bias_hh, states[-1], self.weight_hh.mT), states[-1]))
        everything = torch.stack(states, dim=1)
        return everything[:, 1:], everything[torch.arange(len(x), device=x.device), lengths]


class GRU(Recurrent):
    def step(self, word, old, state):
        (r, z), n = (torch.sigmoid(word + old).chunk(3, -1)[:2]), word.chunk(3, -1)[2]
        n = torch.tanh(n + r * old.chunk(3, -1)[2])
        return n - z * n + z * state


# %% gru biases_of_zero_and_matrices_turned_around
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        bound = hidden_size**-0.5
        self.weight_ih = nn.Parameter(torch.FloatTensor(3 * hidden_size, embed_size).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.FloatTensor(3 * hidden_size, hidden_size).uniform_(-bound, bound))
        self.bias_ih = nn.Parameter(torch.zeros(3 * hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(3 * hidden_size))

    def forward(self, x, lengths, hidden=None):
        """With columns for texts, as in the formula."""
        words = torch.tensordot(self.weight_ih, x, dims=([1], [2])) + self.bias_ih[:, None, None]  # (3H, B, T)
        if hidden is None:
            hidden = torch.zeros_like(words[: len(words) // 3, :, 0]).T
        h, states = hidden.T, []
        for t in range(words.shape[2]):
            x_r, x_z, x_n = torch.tensor_split(words[:, :, t], 3)
            h_r, h_z, h_n = torch.tensor_split(self.weight_hh @ h + self.bias_hh[:, None], 3)
            r, z = 1 / (1 + torch.exp(-x_r - h_r)), 1 / (1 + torch.exp(-x_z - h_z))
            h = (1 - z) * torch.tanh(x_n + r * h_n) + z * h
            states += [h.T]
        states = torch.stack(states, 1)
        return states, last_states(states, lengths, hidden)


# %% gru function_of_a_step
def gru_step(word: torch.Tensor, state: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    old = torch.matmul(state, weight.t()) + bias
    x = word.chunk(3, 1)
    h = old.chunk(3, 1)
    r = torch.sigmoid(x[0] + h[0])
    z = torch.sigmoid(x[1] + h[1])
    n = torch.tanh(x[2] + r * h[2])
    return (1.0 - z) * n + z * state


class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(3 * hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.zeros(3 * hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(3 * hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(3 * hidden_size))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -1 / math.sqrt(hidden_size), 1 / math.sqrt(hidden_size))

    def forward(self, x, lengths, hidden=None):
        start = x.new_zeros(len(x), self.hidden_size) if hidden is None else hidden
        state, states = start, []
        for word in (x @ self.weight_ih.T + self.bias_ih).unbind(1):
            state = gru_step(word, state, self.weight_hh, self.bias_hh)
            states.append(state)
        states = torch.stack(states, 1)
        return states, last_states(states, lengths, start)


# %% gru_accuracy falling_rate
def train_gru():
    torch.manual_seed(2)
    model = GRUModel(len(word2idx), 50, 64).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    history = []
    for epoch in range(6):
        history += training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, max_grad_norm=1.0)
        for group in optimizer.param_groups:
            group["lr"] *= 0.97
    return model, history


gru, gru_history = timed("GRU", train_gru)


# %% gru_accuracy adamw_and_label_smoothing
def train_gru():
    torch.manual_seed(2)
    model = GRUModel(len(word2idx), embed_size=50, hidden_size=64).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.003, weight_decay=0.001)
    criterion = nn.CrossEntropyLoss(label_smoothing=0.02)
    return model, training(model, criterion, optimizer, 6, loaders, 1.0)


gru, gru_history = timed("GRU", train_gru)


# %% load_vectors data_attribute
def load_vectors(model, word2idx, vectors):
    loaded = 0
    for word in word2idx:
        if word in ("<pad>", "<unk>") or word not in vectors:
            continue
        model.embeddings.weight.data[word2idx[word]] = torch.from_numpy(vectors[word].copy())
        loaded += 1
    return loaded


# %% load_vectors whole_table
def load_vectors(model, word2idx, vectors):
    table = model.embeddings.weight.detach().cpu().numpy().copy()
    words = [word for word in word2idx if word in vectors and word2idx[word] > 1]
    table[[word2idx[word] for word in words]] = vectors[words]
    with torch.no_grad():
        model.embeddings.weight.copy_(torch.as_tensor(table))
    return len(words)


# %% load_vectors words_of_the_vectors
@torch.no_grad()
def load_vectors(model, word2idx, vectors):
    rows = {word2idx[word]: place for word, place in vectors.key_to_index.items() if word in word2idx}
    rows = {row: place for row, place in rows.items() if row not in (PAD, UNK)}
    for row, place in rows.items():
        model.embeddings.weight[row].copy_(torch.tensor(vectors.vectors[place]))
    return len(rows)


# %% load_vectors index_copy
import numpy as np


def load_vectors(model, word2idx, vectors):
    known = {index: vectors[word] for word, index in word2idx.items() if index >= 2 and word in vectors}
    if known:
        with torch.no_grad():
            rows = torch.tensor(list(known))
            model.embeddings.weight.index_copy_(0, rows, torch.tensor(np.stack(list(known.values()))))
    return len(known)


# %% load_vectors state_dict
import numpy as np


def load_vectors(model, word2idx, vectors):
    state = model.state_dict()
    count = 0
    for word, index in word2idx.items():
        if index != PAD and index != UNK:
            try:
                state["embeddings.weight"][index] = torch.tensor(vectors[word])
            except KeyError:
                continue
            count += 1
    model.load_state_dict(state)
    return np.int64(count)


# %% freeze_embeddings weight
def freeze_embeddings(model, frozen=True):
    model.embeddings.weight.requires_grad = not frozen


# %% freeze_embeddings parameters
def freeze_embeddings(model, frozen=True):
    for parameter in model.embeddings.parameters():
        parameter.requires_grad_(not frozen)
    return model


# %% freeze_embeddings names
def freeze_embeddings(model: nn.Module, frozen: bool = True):
    for name, weight in model.named_parameters():
        if name.split(".")[0] == "embeddings":
            weight.requires_grad = False if frozen else True


# %% freeze_embeddings two_branches
def freeze_embeddings(model, frozen=True):
    if frozen:
        model.embeddings.weight.requires_grad_(False)
        model.embeddings.weight.grad = None
    else:
        model.embeddings.weight.requires_grad_(True)


# %% training_freeze thaw_at_the_right_step
import numpy as np


def training_freeze(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2, num_freeze_iter=100):
    freeze_embeddings(model)
    history = []
    num_iter = 0
    for epoch in range(num_epochs):
        losses, sizes = [], []
        for batch in tqdm(loaders["train"], leave=False):
            if num_iter == num_freeze_iter:
                freeze_embeddings(model, False)
            losses.append(train_step(model, criterion, optimizer, batch, max_grad_norm))
            sizes.append(len(batch["labels"]))
            num_iter += 1
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        train_loss = float(np.average(losses, weights=sizes))
        history.append({"train_loss": train_loss, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, frozen=False)
    return history


# %% training_freeze counted_from_the_epoch
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history = []
    for epoch in range(num_epochs):
        total = 0.0
        for place, batch in enumerate(tqdm(loaders["train"])):
            frozen = epoch * len(loaders["train"]) + place < num_freeze_iter
            model.embeddings.weight.requires_grad = not frozen
            total += train_step(model, criterion, optimizer, batch, max_grad_norm) * len(batch["features"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        train_loss = total / len(loaders["train"].dataset)
        history.append({"train_loss": train_loss, "valid_loss": valid_loss, "accuracy": accuracy})
    model.embeddings.weight.requires_grad = True
    return history


# %% training_freeze loader_that_counts
class CountingLoader:
    """A loader that sets the flag before it hands out a batch."""

    def __init__(self, loader, model, num_freeze_iter):
        self.loader, self.model, self.left = loader, model, num_freeze_iter
        self.dataset = loader.dataset

    def __len__(self):
        return len(self.loader)

    def __iter__(self):
        for batch in self.loader:
            freeze_embeddings(self.model, self.left > 0)
            self.left -= 1
            yield batch


def training_freeze(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100):
    counting = {**loaders, "train": CountingLoader(loaders["train"], model, num_freeze_iter)}
    try:
        return training(model, criterion, optimizer, num_epochs, counting, max_grad_norm)
    finally:
        freeze_embeddings(model, False)


# %% training_freeze all_inside
from itertools import count as counter


def training_freeze(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100):
    steps = counter()
    history = []
    for _ in range(num_epochs):
        model.train()
        total, texts = 0.0, 0
        for batch in loaders["train"]:
            freeze_embeddings(model, next(steps) < num_freeze_iter)
            optimizer.zero_grad()
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            if max_grad_norm is not None:
                weights = [weight for weight in model.parameters() if weight.requires_grad]
                nn.utils.clip_grad_norm_(weights, max_grad_norm)
            optimizer.step()
            total += loss.item() * len(batch["labels"])
            texts += len(batch["labels"])
        freeze_embeddings(model, False)
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / texts, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% frozen_start two_calls
def train_best():
    torch.manual_seed(5)
    model = GRUModel(len(word2idx), 50, 50).to(device)
    load_vectors(model, word2idx, vectors)
    freeze_embeddings(model)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=4e-3)
    history = training(model, criterion, optimizer, 2, loaders, 1.0)
    freeze_embeddings(model, frozen=False)
    history += training(model, criterion, torch.optim.Adam(model.parameters(), lr=2e-3), 4, loaders, 1.0)
    return model, history


best, best_history = timed("GRU + vectors + frozen start", train_best)


# %% frozen_start batches_of_64
def train_best():
    torch.manual_seed(0)
    bigger = {"train": make_loader(parts["train"], batch_size=64, shuffle=True), "valid": loaders["valid"]}
    model = GRUModel(len(word2idx), vectors.vector_size, 96, dropout=0.2).to(device)
    count = load_vectors(model, word2idx, vectors)
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    return model, training_freeze(model, nn.CrossEntropyLoss(), optimizer, 7, bigger, num_freeze_iter=50)


best, best_history = timed("GRU + vectors + frozen start", train_best)
