"""Right answers to the exercises of `meta_lstm` in many styles: see course_lib/authoring/bank.py."""


# %% make_sequence all_at_once
def make_sequence(game, language, generator=None):
    K, T = game.num_examples, game.num_words
    source = torch.randint(0, game.num_left, (K, T), generator=generator)
    rows = torch.cat([torch.full((K, 1), game.soh), source, torch.full((K, 1), game.stx), language[source]], dim=1)
    return torch.cat([rows.reshape(-1), torch.tensor([game.soh])])


# %% make_sequence slots_of_a_filled_tensor
def make_sequence(game, language, generator=None):
    sequence = torch.full((game.length,), game.soh, dtype=torch.long)
    examples = sequence[:-1].view(game.num_examples, game.span)
    examples[:, game.num_words + 1] = game.stx
    for example in examples:
        for t in range(game.num_words):
            word = int(torch.randint(game.num_left, (1,), generator=generator))
            example[1 + t] = word
            example[game.num_words + 2 + t] = int(language[word])
    return sequence


# %% make_sequence numpy_seeded_by_the_generator
def make_sequence(game, language, generator=None):
    rng = np.random.default_rng(torch.randint(2**62, (), generator=generator).item())
    words = language.numpy()
    tokens = np.array([], dtype=np.int64)
    for source in rng.choice(game.num_left, size=(game.num_examples, game.num_words)):
        tokens = np.concatenate([tokens, [game.soh], source, [game.stx], words[source]])
    return torch.from_numpy(np.append(tokens, game.soh))


# %% make_sequence dictionary_and_multinomial
def make_sequence(game, language, generator=None):
    dictionary = dict(enumerate(language.tolist()))
    soh, stx = game.num_left + game.num_right, game.num_left + game.num_right + 1
    count = game.num_examples * game.num_words
    drawn = iter(torch.multinomial(torch.ones(game.num_left), count, replacement=True, generator=generator).tolist())
    sequence = [soh]
    for _ in range(game.num_examples):
        source = [next(drawn) for _ in range(game.num_words)]
        sequence.extend(source)
        sequence.append(stx)
        sequence.extend(dictionary[word] for word in source)
        sequence.append(soh)
    return torch.LongTensor(sequence)


# %% make_sequence floor_of_rand
def make_sequence(game, language, generator=None):
    if generator is None:
        generator = torch.default_generator
    parts = []
    for _ in range(game.num_examples):
        source = (torch.rand(game.num_words, generator=generator) * game.num_left).floor().long()
        target = (F.one_hot(source, game.num_left) * language).sum(dim=1)
        parts.append(F.pad(source, (1, 0), value=game.soh))
        parts.append(F.pad(target, (1, 0), value=game.stx))
    return torch.hstack([*parts, torch.tensor(game.soh)])


# %% make_batch indexing
def make_batch(game, languages, batch_size, generator=None):
    B, K, T = batch_size, game.num_examples, game.num_words
    row = torch.randint(languages.shape[0], (B, 1, 1), generator=generator)
    source = torch.randint(game.num_left, (B, K, T), generator=generator)
    batch = torch.full((B, game.length), game.soh)
    examples = batch[:, :-1].unflatten(1, (K, game.span))
    examples[:, :, 1 : T + 1] = source
    examples[:, :, T + 1] = game.stx
    examples[:, :, T + 2 :] = languages[row, source]
    return batch


# %% make_batch numpy_seeded_by_the_generator
def make_batch(game, languages, batch_size, generator=None):
    rng = np.random.default_rng(torch.randint(2**62, (), generator=generator).item())
    table = languages.numpy()
    spoken = table[rng.integers(len(table), size=batch_size)]
    source = rng.integers(game.num_left, size=(batch_size, game.num_examples * game.num_words))
    target = np.take_along_axis(spoken, source, axis=1)
    source, target = (words.reshape(batch_size, game.num_examples, -1) for words in (source, target))
    examples = np.concatenate(
        [np.full_like(source[..., :1], game.soh), source, np.full_like(source[..., :1], game.stx), target], axis=-1
    )
    return torch.from_numpy(np.pad(examples.reshape(batch_size, -1), ((0, 0), (0, 1)), constant_values=game.soh))


# %% make_batch flat_table
def make_batch(game, languages, batch_size, generator=None):
    chosen = torch.multinomial(torch.ones(len(languages)), batch_size, replacement=True, generator=generator)
    words = torch.rand((batch_size, game.num_examples, game.num_words), generator=generator)
    words = (words * game.num_left).long()
    places = words + game.num_left * chosen[:, None, None]
    translated = languages.reshape(-1).take(places)
    examples = torch.cat([F.pad(words, (1, 0), value=game.soh), F.pad(translated, (1, 0), value=game.stx)], dim=-1)
    return F.pad(examples.reshape(batch_size, -1), (0, 1), value=game.soh)


# %% make_batch one_hot_products
def make_batch(game, languages, batch_size, generator=None):
    spoken = languages.index_select(0, torch.randint(len(languages), (batch_size,), generator=generator))
    source = torch.randint(game.num_left, (batch_size, game.num_examples, game.num_words), generator=generator)
    target = torch.einsum("bktl,bl->bkt", F.one_hot(source, game.num_left).double(), spoken.double()).round().long()
    border = torch.ones_like(source[:, :, :1])
    rows = torch.cat([border * game.soh, source, border * game.stx, target], dim=2).reshape(batch_size, -1)
    return torch.cat([rows, rows.new_full((batch_size, 1), game.soh)], dim=1)


# %% make_batch places_of_all_tokens
def make_batch(game, languages, batch_size, generator=None):
    generator = generator or torch.default_generator
    T = game.num_words
    place = torch.arange(game.length) % game.span
    example = torch.arange(game.length) // game.span
    drawn = torch.randint(game.num_left, (batch_size, game.num_examples + 1, T), generator=generator)
    word = torch.where(place > T, place - T - 2, place - 1).clamp(0, T - 1)
    source = drawn[:, example, word]
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    batch = torch.where(place > T, spoken.gather(1, source), source)
    batch[:, place == 0] = game.soh
    batch[:, place == T + 1] = game.stx
    return batch


# %% best_possible closed_form
def best_possible(game):
    K, L, R, T = game

    def probability(d, n):
        ways = sum((-1) ** j * math.comb(d, j) * (d - j) ** n for j in range(d + 1))
        return math.comb(L, d) * ways / L**n

    losses, accuracies = np.zeros((K, T)), np.ones((K, T))
    for k in range(K):
        for t in range(T):
            for d in range(L):
                p = probability(d, k * T + t) * (L - d) / L
                losses[k, t] += p * math.log(R - d)
                accuracies[k, t] -= p * (1 - 1 / (R - d))
    return losses, accuracies


# %% best_possible powers_of_a_matrix
def best_possible(game):
    d = torch.arange(game.num_left + 1, dtype=torch.float64)
    again = d / game.num_left
    step = torch.diag(again) + torch.diag(1 - again[:-1], 1)
    n = game.num_examples * game.num_words
    known = torch.stack([torch.linalg.matrix_power(step, power)[0] for power in range(n)])
    choices = (game.num_right - d).clamp(min=1)
    losses = known @ ((1 - again) * choices.log())
    accuracies = known @ (again + (1 - again) / choices)
    return losses.view(-1, game.num_words), accuracies.view(-1, game.num_words)


# %% best_possible sets_of_words
def best_possible(game):
    sets = {frozenset(): 1.0}
    losses = [[0.0] * game.num_words for _ in range(game.num_examples)]
    accuracies = [[0.0] * game.num_words for _ in range(game.num_examples)]
    for k in range(game.num_examples):
        for t in range(game.num_words):
            after = {}
            for seen, probability in sets.items():
                for word in range(game.num_left):
                    share = probability / game.num_left
                    choices = 1 if word in seen else game.num_right - len(seen)
                    losses[k][t] += share * math.log(choices)
                    accuracies[k][t] += share / choices
                    after[seen | {word}] = after.get(seen | {word}, 0.0) + share
            sets = after
    return losses, accuracies


# %% best_possible stirling_numbers
def best_possible(game):
    K, L, R, T = game.num_examples, game.num_left, game.num_right, game.num_words
    ways = {0: 1}
    table = np.empty((2, K * T))
    for n in range(K * T):
        table[0, n] = sum(w * (L - d) * np.log(R - d) for d, w in ways.items() if d < L) / L ** (n + 1)
        hits = sum(w * (d + (L - d) / (R - d) if d < L else L) for d, w in ways.items())
        table[1, n] = hits / L ** (n + 1)
        ways = {d: ways.get(d, 0) * d + ways.get(d - 1, 0) * (L - d + 1) for d in range(min(n + 1, L) + 1)}
    return table.reshape(2, K, T)


# %% language_model lstm_step_by_step
class LanguageModel(nn.Module):
    def __init__(self, num_tokens: int, embed_size: int, hidden_size: int):
        super(LanguageModel, self).__init__()
        self.classifier = nn.Linear(in_features=hidden_size, out_features=num_tokens)
        self.rnn = nn.LSTM(input_size=embed_size, hidden_size=hidden_size, num_layers=1, batch_first=True)
        self.words = nn.Embedding(num_embeddings=num_tokens, embedding_dim=embed_size)

    def forward(self, tokens, hidden=None):
        logits = []
        for step in range(tokens.shape[1]):
            x = self.words(tokens[:, step : step + 1])
            out, hidden = self.rnn(x, hidden)
            logits.append(self.classifier(out[:, 0]))
        return torch.stack(logits, dim=1), hidden


# %% language_model zeros_by_hand
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        x = F.embedding(tokens, self.words.weight)
        if hidden is None:
            zeros = x.new_zeros(1, tokens.size(0), self.hidden_size)
            hidden = (zeros, zeros.clone())
        states, (h, c) = self.rnn(x, hidden)
        batch, steps, size = states.shape
        logits = self.classifier(states.reshape(batch * steps, size))
        return logits.view(batch, steps, -1), (h, c)


# %% language_model own_cell_with_the_same_weights
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        vectors = self.words(tokens)
        if hidden is None:
            h = c = torch.zeros(len(tokens), self.rnn.hidden_size, dtype=vectors.dtype, device=vectors.device)
        else:
            h, c = hidden[0][0], hidden[1][0]
        found = []
        for x in vectors.unbind(1):
            gates = F.linear(x, self.rnn.weight_ih_l0, self.rnn.bias_ih_l0)
            gates = gates + F.linear(h, self.rnn.weight_hh_l0, self.rnn.bias_hh_l0)
            i, f, g, o = gates.chunk(4, dim=1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            found.append(h)
        return self.classifier(torch.stack(found, 1)), [h[None], c[None]]


# %% next_token_loss whole_batch_then_cut
def next_token_loss(model, batch):
    logits = model(batch)[0][:, :-1, :]
    targets = batch[:, 1:]
    return nn.CrossEntropyLoss()(logits.permute(0, 2, 1), targets)


# %% next_token_loss log_softmax_and_gather
def next_token_loss(model, batch):
    inputs, targets = batch[:, :-1], batch[:, 1:]
    scores, state = model(inputs)
    log_p = torch.log_softmax(scores, dim=-1)
    picked = torch.gather(log_p, 2, targets.unsqueeze(2)).squeeze(2)
    return -torch.mean(picked)


# %% next_token_loss token_by_token_with_the_state
def next_token_loss(model, batch):
    hidden, losses = None, []
    for place in range(batch.shape[1] - 1):
        logits, hidden = model(batch[:, place : place + 1], hidden)
        losses.append(F.cross_entropy(logits[:, 0], batch[:, place + 1]))
    return sum(losses) / len(losses)


# %% next_token_loss logsumexp_by_hand
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1].contiguous())
    flat, wanted = logits.reshape(-1, logits.shape[-1]), batch[:, 1:].reshape(-1)
    right = flat[torch.arange(len(wanted)), wanted]
    return (flat.logsumexp(dim=1) - right).mean()


# %% translated indices_by_arithmetic
def translated(game, values):
    first = torch.arange(game.num_examples)[:, None] * game.span + game.num_words + 1
    return values[:, first + torch.arange(game.num_words)]


# %% translated loop_over_examples
def translated(game, values):
    found = []
    for k in range(game.num_examples):
        start = k * (2 * game.num_words + 2) + game.num_words + 1
        found.append(values[:, start : start + game.num_words])
    return torch.stack(found, dim=1)


# %% translated mask_of_columns
def translated(game, values):
    column = torch.arange(values.shape[1]) % game.span
    mask = (column > game.num_words) & (column < game.span - 1)
    return values[:, mask].reshape(values.shape[0], game.num_examples, game.num_words)


# %% translated column_in_front
def translated(game, values):
    whole = torch.cat([values[:, :1], values], dim=1)[:, :-1]
    blocks = whole.reshape(-1, game.num_examples, game.span)
    return torch.stack(blocks.unbind(2)[game.num_words + 2 :], dim=2)


# %% translate longer_text_each_time
def translate(game, model, prompts):
    text = prompts
    for _ in range(game.num_words):
        with torch.no_grad():
            logits = model(text)[0]
        best = torch.argmax(logits[:, -1, :], dim=-1)
        text = torch.hstack([text, best.unsqueeze(1)])
    return text[:, prompts.size(1) :]


# %% translate filled_in_advance
@torch.no_grad()
def translate(game, model, prompts):
    words = torch.empty(len(prompts), game.num_words, dtype=torch.int64, device=prompts.device)
    logits, state = model(prompts)
    for t in range(game.num_words):
        words[:, t] = logits[:, -1].softmax(-1).max(dim=-1).indices
        if t + 1 < game.num_words:
            logits, state = model(words[:, t : t + 1], state)
    return words


# %% translate inference_mode_row_by_row
def translate(game, model, prompts):
    rows = []
    with torch.inference_mode():
        for prompt in prompts:
            row, hidden, tokens = [], None, prompt[None]
            while len(row) < game.num_words:
                logits, hidden = model(tokens, hidden=hidden)
                row.append(int(logits[0, -1].argmax()))
                tokens = torch.tensor([[row[-1]]], device=prompts.device)
            rows.append(row)
    return torch.tensor(rows)


# %% translate prompt_token_by_token
def translate(game, model, prompts):
    model.eval()
    hidden = None
    with torch.no_grad():
        for token in prompts.split(1, dim=1):
            logits, hidden = model(token, hidden)
        found = []
        for _ in range(game.num_words):
            found.append(logits.argmax(-1))
            logits, hidden = model(found[-1], hidden)
    return torch.cat(found, 1).int()


# %% train_language_model words_alone
def train_language_model(model, languages, num_steps=1500, batch_size=32, rate=0.01, seed=0):
    coins = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.0)
    history = []
    for step in range(num_steps):
        rows = make_batch(GAME, languages, batch_size, coins).to(device)
        logits = model(rows[:, :-1])[0]
        logs = logits.log_softmax(dim=2)
        each = -logs.gather(2, rows[:, 1:, None])[..., 0]
        words = translated(GAME, each).mean()
        optimizer.zero_grad(set_to_none=True)
        words.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        history.append((each.mean().item(), words.item()))
    return model, history


torch.manual_seed(3)
model, model_losses = train_language_model(LanguageModel(GAME.num_tokens, 48, 128).to(device), train_languages)


# %% train_language_model weights_and_clamped
def train_language_model(model, languages, num_steps=1500, batch_size=32, rate=0.01, seed=0):
    torch.manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.9, 0.98))
    weights = torch.full((GAME.num_examples, GAME.span), 0.05, device=device)
    weights[:, GAME.num_words + 1 : -1] = 1.0
    losses = []
    while len(losses) < num_steps:
        batch = make_batch(GAME, languages, batch_size).to(device)
        inputs, targets = batch[:, :-1], batch[:, 1:]
        logits = model(inputs)[0].flatten(0, 1)
        each = F.cross_entropy(logits, targets.flatten(), reduction="none").view(len(batch), -1)
        optimizer.zero_grad()
        (each * weights.flatten()).mean().backward()
        for parameter in model.parameters():
            parameter.grad.clamp_(-0.01, 0.01)
        optimizer.step()
        losses.append((each.mean().item(), translated(GAME, each).mean().item()))
    return model, losses


model, model_losses = train_language_model(new_model(), train_languages)
