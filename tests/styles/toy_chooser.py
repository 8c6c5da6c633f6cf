"""Right answers to the exercises of `toy_chooser` in many styles: see course_lib/authoring/bank.py."""


# %% to_digits division
def to_digits(number):
    if number < 0:
        raise ValueError("negative")
    digits = [number % 10]
    while number >= 10:
        number //= 10
        digits.append(number % 10)
    return [FIRST, *reversed(digits), LAST]


# %% to_digits the_minus_sign_raises_by_itself
def to_digits(number):
    symbols = [FIRST]
    for character in str(number):
        symbols.append(int(character))
    symbols.append(LAST)
    return symbols


# %% to_digits recursion
def to_digits(number):
    if number < 0:
        raise ValueError

    def digits(rest):
        return [rest] if rest < 10 else [*digits(rest // 10), rest % 10]

    return tuple([FIRST] + digits(int(number)) + [LAST])


# %% to_digits a_tensor_from_characters
def to_digits(number):
    if number < 0:
        raise ValueError(f"{number} < 0")
    return torch.tensor([FIRST] + ["0123456789".index(c) for c in f"{number}"] + [LAST])


# %% make_example draw_again_until_it_is_wrong
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(0, total, endpoint=True))
    right = total - number
    options = []
    for _ in range(int(rng.integers(min_options, max_options, endpoint=True)) - 1):
        option = right
        while option == right:
            option = int(rng.integers(0, total, endpoint=True))
        options.append(option)
    place = int(rng.integers(0, len(options) + 1))
    options.insert(place, right)
    return number, options, place


# %% make_example permutation
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    count = min_options + int(rng.random() * (max_options - min_options + 1))
    right = int(rng.choice(total + 1))
    wrong = (right + 1 + rng.integers(0, total, size=count - 1)) % (total + 1)
    order = rng.permutation(count)
    options = np.append(right, wrong)[order].tolist()
    return total - right, options, order.tolist().index(0)


# %% make_example shuffle_and_index
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = rng.integers(total + 1).item()
    right = total - number
    size = rng.choice(np.arange(min_options, max_options + 1)).item()
    others = [*range(right), *range(right + 1, total + 1)] if total < 1000 else None
    options = [right]
    while len(options) < size:
        option = others[rng.integers(len(others))] if others else rng.integers(total + 1).item()
        if option != right:
            options += [option]
    rng.shuffle(options)
    return [number, tuple(options), options.index(right)]


# %% make_example place_first
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    options_count = int(rng.integers(min_options, max_options + 1))
    answer = int(rng.integers(options_count))
    number = int(np.floor(rng.uniform(0, total + 1)))
    options = [total - number] * options_count
    for place in range(options_count):
        while place != answer and options[place] == total - number:
            options[place] = int(rng.integers(total + 1))
    return number, options, answer


# %% collate row_by_row
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers, options = torch.full((B, T), PAD), torch.full((B, K, U), PAD)
    lengths = torch.zeros(B, K, dtype=torch.int64)
    for b in range(B):
        numbers[b, : len(number_rows[b])] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[b, k, : len(row)] = torch.tensor(row)
            lengths[b, k] = len(row)
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate lists_filled_up
def collate(examples, encode=to_digits):
    K = max(len(example[1]) for example in examples)
    number_rows = [list(encode(example[0])) for example in examples]
    option_rows = [[list(encode(o)) for o in example[1]] + [[]] * (K - len(example[1])) for example in examples]

    def fill(row, width):
        return row + [PAD] * (width - len(row))

    T = max(len(row) for row in number_rows)
    U = max(len(row) for rows in option_rows for row in rows)
    return Batch(
        numbers=torch.LongTensor([fill(row, T) for row in number_rows]),
        number_lengths=torch.LongTensor([len(row) for row in number_rows]),
        options=torch.LongTensor([[fill(row, U) for row in rows] for rows in option_rows]),
        option_lengths=torch.LongTensor([[len(row) for row in rows] for rows in option_rows]),
        mask=torch.BoolTensor([[row != [] for row in rows] for rows in option_rows]),
        answers=torch.LongTensor([example[2] for example in examples]),
    )


# %% collate counts_what_is_not_pad
def collate(examples, encode=to_digits):
    def rectangle(rows):
        return pad_sequence([torch.as_tensor(row) for row in rows], batch_first=True, padding_value=PAD)

    numbers = rectangle([encode(x) for x, _, _ in examples])
    flat = rectangle([encode(y) for _, ys, _ in examples for y in ys])
    options = pad_sequence(flat.split([len(ys) for _, ys, _ in examples]), batch_first=True, padding_value=PAD)
    lengths = (options != PAD).sum(dim=-1)
    answers = torch.as_tensor([a for _, _, a in examples])
    return Batch(numbers, (numbers != PAD).sum(dim=-1), options, lengths, lengths.bool(), answers)


# %% collate numpy
def collate(examples, encode=to_digits):
    from itertools import zip_longest

    rows = [np.array(encode(x), dtype=np.int64) for x, _, _ in examples]
    numbers = np.array(list(zip_longest(*rows, fillvalue=PAD))).T.astype(np.int64)
    written = [[encode(y) for y in ys] for _, ys, _ in examples]
    shape = (len(examples), max(map(len, written)), max(len(row) for some in written for row in some))
    options = np.full(shape, PAD, dtype=np.int64)
    lengths = np.zeros(shape[:2], dtype=np.int64)
    for (b, k), _ in np.ndenumerate(lengths):
        if k < len(written[b]):
            lengths[b, k] = len(written[b][k])
            options[b, k, : lengths[b, k]] = written[b][k]
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    answers = np.array([a for *_, a in examples], dtype=np.int64)
    return Batch(*map(torch.from_numpy, (numbers, sizes, options, lengths, lengths != 0, answers)))


# %% final_states sorted_and_put_back
def final_states(rnn, x, lengths):
    sizes, order = torch.sort(lengths, descending=True)
    packed = pack_padded_sequence(x[order.to(x.device)], sizes.tolist(), batch_first=True)
    hidden = rnn(packed)[1][0]
    return hidden.transpose(0, 1).reshape(len(x), -1)[order.argsort().to(x.device)]


# %% final_states picked_from_packed_outputs
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.to("cpu"), batch_first=True, enforce_sorted=False)
    out = pad_packed_sequence(rnn(packed)[0], batch_first=True)[0]
    forward, backward = out.chunk(2, dim=-1)
    rows = torch.arange(x.size(0), device=x.device)
    return torch.hstack([forward[rows, lengths.to(x.device) - 1], backward[:, 0]])


# %% final_states row_by_row
def final_states(rnn, x, lengths):
    states = []
    for row, length in zip(x, lengths.tolist()):
        _, (hidden, _) = rnn(row[None, :length])
        states.append(hidden.flatten())
    return torch.stack(states)


# %% final_states each_row_turned_by_itself
def final_states(rnn, x, lengths):
    lengths = lengths.to(x.device)
    H, T = rnn.hidden_size, x.shape[1]
    rows, steps = torch.arange(len(x), device=x.device), torch.arange(T, device=x.device)
    turned = (lengths[:, None] - 1 - steps) % T
    halves = []
    for end, read in (("", x), ("_reverse", x[rows[:, None], turned])):
        parts = [getattr(rnn, name + end) for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")]
        h = c = x.new_zeros(len(x), H)
        states = []
        for step in read.unbind(1):
            i, f, g, o = F.linear(step, parts[0], parts[2]).add(F.linear(h, parts[1], parts[3])).chunk(4, dim=1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            states.append(h)
        halves.append(torch.stack(states, 1)[rows, lengths - 1])
    return torch.cat(halves, -1)


# %% final_states rows_of_one_length_together
def final_states(rnn, x, lengths):
    states = x.new_zeros(len(x), 2 * rnn.hidden_size)
    for length in lengths.unique().tolist():
        rows = (lengths == length).to(x.device)
        _, (hidden, _) = rnn(x[rows, :length])
        states[rows] = torch.cat(list(hidden), dim=1)
    return states


# %% mlp_scorer repeat_interleave
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        size = 2 * proj_size
        if product:
            size += proj_size
        self.mlp = nn.Sequential(nn.Linear(size, proj_size), nn.ReLU(inplace=True), nn.Linear(proj_size, 1))

    def forward(self, x, y):
        B, K, P = y.shape
        numbers, options = x.repeat_interleave(K, dim=0), y.reshape(B * K, P)
        joined = torch.hstack((numbers, options))
        if self.product:
            joined = torch.hstack((joined, numbers * options))
        return self.mlp(joined).reshape(B, K)


# %% mlp_scorer option_by_option
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.combine = (lambda x, y: [x, y, torch.mul(x, y)]) if product else (lambda x, y: [x, y])
        first = nn.Linear(proj_size * len(self.combine(torch.zeros(1), torch.zeros(1))), proj_size)
        self.mlp = nn.Sequential(*[first, nn.ReLU(), nn.Linear(proj_size, 1)])

    def forward(self, x, y):
        scores = [self.mlp(torch.cat(self.combine(x, option), dim=-1)) for option in y.unbind(dim=1)]
        return torch.cat(scores, dim=1)


# %% mlp_scorer weights_by_blocks
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super(MLPScorer, self).__init__()
        self.mlp = nn.Sequential()
        self.mlp.append(nn.Linear(proj_size * (2 + product), proj_size))
        self.mlp.append(nn.ReLU())
        self.mlp.append(nn.Linear(proj_size, 1))
        self.parts = 2 + product

    def forward(self, x, y):
        first, _, last = self.mlp
        blocks = first.weight.chunk(self.parts, dim=1)
        hidden = (x @ blocks[0].T)[:, None] + y @ blocks[1].T + first.bias
        if self.parts == 3:
            hidden = hidden + (x.unsqueeze(1) * y) @ blocks[2].T
        return last(hidden.clamp(min=0))[..., 0]


# %% cosine_scorer normalized
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * torch.einsum("bp,bkp->bk", F.normalize(x, dim=-1), F.normalize(y, dim=-1))


# %% cosine_scorer by_hand
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.register_buffer("scale", torch.tensor(scale))

    def forward(self, x, y):
        dots = torch.bmm(y, x.unsqueeze(2)).squeeze(2)
        lengths = x.norm(dim=1, keepdim=True) * y.norm(dim=2)
        return self.scale * dots / (lengths + 1e-8)


# %% cosine_scorer module_of_torch
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.cosine, self.factor = nn.CosineSimilarity(dim=-1), float(scale)

    def forward(self, x, y):
        return torch.stack([self.cosine(x, option) for option in y.unbind(1)], 1).mul(self.factor)


# %% toy_chooser all_rows_with_length_1_at_least
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.scorer = scorer
        self.read = read
        self.embeddings = nn.Embedding(num_embeddings=NUM_SYMBOLS, embedding_dim=embed_size, padding_idx=PAD)
        settings = dict(input_size=embed_size, hidden_size=hidden_size, bidirectional=True, batch_first=True)
        self.sent_rnn, self.option_rnn = nn.LSTM(**settings), nn.LSTM(**settings)
        self.sent_proj, self.option_proj = (nn.Linear(hidden_size * 2, proj_size) for _ in range(2))

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows = self.embeddings(batch.options.reshape(B * K, U))
        y = self.read(self.option_rnn, rows, batch.option_lengths.reshape(-1).clamp(min=1))
        scores = self.scorer(x, self.option_proj(y).view(B, K, -1))
        return torch.where(batch.mask, scores, -torch.inf)


# %% toy_chooser place_by_place
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, PAD)
        for name in ("sent", "option"):
            self.add_module(f"{name}_rnn", nn.LSTM(embed_size, hidden_size, 1, True, True, 0.0, True))
            self.add_module(f"{name}_proj", nn.Linear(2 * hidden_size, proj_size))
        self.add_module("scorer", scorer)
        self.reader = read

    def encode(self, name, symbols, lengths):
        rnn, proj = self.get_submodule(f"{name}_rnn"), self.get_submodule(f"{name}_proj")
        return proj(self.reader(rnn=rnn, x=self.embeddings(symbols), lengths=lengths))

    def forward(self, batch):
        numbers, number_lengths, options, option_lengths, mask, _ = batch
        x = self.encode("sent", numbers, number_lengths)
        columns = []
        for k in range(mask.shape[1]):
            y = self.encode("option", options[:, k], option_lengths[:, k].clamp(min=1))
            columns.append(self.scorer(x, y[:, None]))
        scores = torch.cat(columns, dim=1)
        return scores + torch.log(mask.to(scores.dtype))


# %% toy_chooser pair_by_pair
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        b, k = batch.mask.nonzero(as_tuple=True)
        states = self.read(self.option_rnn, self.embeddings(batch.options[b, k]), batch.option_lengths[b, k])
        found = self.scorer(x[b], self.option_proj(states)[:, None])[:, 0]
        scores = found.new_full(batch.mask.shape, -math.inf)
        return scores.index_put((b, k), found)


# %% toy_chooser problem_by_problem
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        rows = []
        for b, count in enumerate((batch.option_lengths > 0).sum(dim=1).tolist()):
            T, lengths = int(batch.number_lengths[b]), batch.option_lengths[b, :count]
            number = self.embeddings(batch.numbers[b : b + 1, :T])
            x = self.sent_proj(self.read(self.sent_rnn, number, batch.number_lengths[b : b + 1]))
            y = self.option_proj(self.read(self.option_rnn, self.embeddings(batch.options[b, :count]), lengths))
            rows.append(F.pad(self.scorer(x, y[None])[0], (0, batch.mask.shape[1] - count), value=-math.inf))
        return torch.stack(rows)


# %% accuracy_by_options loop_over_problems
from collections import defaultdict


def accuracy_by_options(scores, mask, answers):
    right = defaultdict(list)
    for row, real, answer in zip(scores, mask, answers):
        number = int(real.sum())
        right[number].append(float(row[:number].argmax() == answer))
    return {number: sum(found) / len(found) for number, found in sorted(right.items())}


# %% accuracy_by_options numpy
def accuracy_by_options(scores, mask, answers):
    scores, mask, answers = scores.detach().cpu().numpy(), mask.cpu().numpy(), answers.cpu().numpy()
    chosen = np.where(mask, scores, -np.inf).argmax(axis=1)
    counts = mask.sum(axis=1)
    return {k: np.mean(chosen[counts == k] == answers[counts == k]) for k in np.unique(counts)}


# %% accuracy_by_options right_one_is_the_maximum
def accuracy_by_options(scores, mask, answers):
    best = torch.where(mask, scores, torch.tensor(float("-inf"))).max(dim=1).values
    right = scores.gather(1, answers[:, None]).squeeze(1) >= best
    numbers = mask.long().sum(1)
    total = torch.bincount(numbers)
    hits = torch.bincount(numbers, weights=right.double())
    return {int(k): float(hits[k] / total[k]) for k in torch.nonzero(total).flatten()}


# %% accuracy_by_options counter_and_sum
def accuracy_by_options(scores, mask, answers):
    totals, hits = {}, {}
    for b in range(scores.size(0)):
        options = [scores[b, k].item() for k in range(scores.size(1)) if mask[b, k]]
        k = len(options)
        totals[k] = totals.get(k, 0) + 1
        hits[k] = hits.get(k, 0) + (options.index(max(options)) == answers[b].item())
    return {k: hits[k] / totals[k] for k in totals}


# %% accuracy_by_options float32_mean
def accuracy_by_options(scores, mask, answers):
    hidden = scores.clone()
    hidden[~mask] = -1e30
    right = (hidden.argmax(-1) == answers).float()
    return {k: right[mask.sum(-1) == k].mean().item() for k in range(1, mask.shape[1] + 1) if (mask.sum(-1) == k).any()}


# %% near_miss digits_of_a_text
def near_miss(number, position, rng):
    text = list(f"{number:04d}")
    others = [digit for digit in "0123456789" if digit != text[3 - position]]
    text[3 - position] = str(rng.choice(others))
    return int("".join(text))


# %% near_miss draw_until_it_differs
def near_miss(number, position, rng):
    power = 10**position
    old = (number // power) % 10
    new = old
    while new == old:
        new = rng.integers(0, 10)
    return int(number + (new - old) * power)


# %% near_miss choice_of_nine
def near_miss(number, position, rng):
    above, below = divmod(number, 10**position)
    above, digit = divmod(above, 10)
    return (above * 10 + int(rng.choice(np.delete(np.arange(10), digit)))) * 10**position + below


# %% near_miss skip_the_old_digit
def near_miss(number, position, rng):
    digits = [number // 10**p % 10 for p in range(4)]
    new = rng.integers(9)
    digits[position] = new + (new >= digits[position])
    return sum(digit * 10**p for p, digit in enumerate(digits))


# %% near_miss random_order
def near_miss(number, position, rng):
    for digit in rng.permutation(10):
        other = number - number // 10**position % 10 * 10**position + int(digit) * 10**position
        if other != number:
            return other


# %% train_chooser cosine_and_few_steps
def train_chooser(chooser, num_steps=90, batch_size=64, rate=0.01, seed=1):
    generator = np.random.default_rng(seed)
    optimizer = torch.optim.AdamW(chooser.parameters(), rate)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, num_steps)
    history = []
    for step in range(num_steps):
        chooser.train()
        examples = [make_example(generator, max_options=6) for _ in range(batch_size)]
        batch = to_device(collate(examples))
        log_probs = torch.log_softmax(chooser(batch), dim=1)
        loss = -log_probs[torch.arange(batch_size), batch.answers].mean()
        for parameter in chooser.parameters():
            parameter.grad = None
        loss.backward()
        optimizer.step()
        scheduler.step()
        history.append(float(loss))
    return chooser, history


torch.manual_seed(1)
chooser, chooser_losses = train_chooser(new_chooser(CosineScorer()))


# %% train_chooser right_option_first_and_a_copy
import copy


def train_chooser(chooser, num_steps=220, batch_size=64, rate=0.01, seed=0):
    rng, model, losses = np.random.default_rng(seed), copy.deepcopy(chooser), []
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, num_steps, pct_start=0.15)
    model.train()
    while len(losses) < num_steps:
        rows = []
        for _ in range(batch_size):
            number, options, place = make_example(rng, min_options=5, max_options=8)
            options.insert(0, options.pop(place))
            rows.append((number, options, 0))
        batch = to_device(collate(rows))
        loss = nn.CrossEntropyLoss()(model(batch), batch.answers)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_value_(model.parameters(), 0.5)
        optimizer.step()
        cycle.step()
        losses += [loss.item()]
    return model, losses


chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser larger_and_bare_cosine
def train_chooser(chooser, num_steps=100, batch_size=48, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    opt = torch.optim.RMSprop(chooser.parameters(), lr=rate / 2)
    chooser.train()
    losses = torch.zeros(num_steps)
    for i in range(num_steps):
        batch = to_device(collate([make_example(rng, 4, 10) for _ in range(batch_size)]))
        scores = chooser(batch)
        loss = (torch.logsumexp(scores, 1) - scores.gather(1, batch.answers.unsqueeze(1)).squeeze(1)).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses[i] = loss.detach()
    return chooser, losses.tolist()


chooser, chooser_losses = train_chooser(ToyChooser(CosineScorer(1.0), embed_size=24, hidden_size=48, proj_size=64).to(device))
