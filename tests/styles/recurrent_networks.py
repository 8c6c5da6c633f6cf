"""Right answers to the exercises of `recurrent_networks` in many styles: see course_lib/authoring/bank.py."""


# %% lstm_step gate_by_gate
def lstm_step(x, state, weights):
    h, c = state
    w_ih, w_hh, b_ih, b_hh = weights
    H = h.shape[1]

    def gate(k):
        rows = slice(k * H, (k + 1) * H)
        return x @ w_ih[rows].t() + b_ih[rows] + h @ w_hh[rows].t() + b_hh[rows]

    input_gate = torch.sigmoid(gate(0))
    forget_gate = torch.sigmoid(gate(1))
    news = torch.tanh(gate(2))
    output_gate = torch.sigmoid(gate(3))
    cell = forget_gate * c + input_gate * news
    return output_gate * torch.tanh(cell), cell


# %% lstm_step one_product_of_both
def lstm_step(x, state, weights):
    joined = torch.cat([x, state[0]], dim=-1)
    matrix = torch.cat(weights[:2], dim=-1)
    i, f, g, o = torch.split(joined.matmul(matrix.mT) + (weights[2] + weights[3]), state[0].size(-1), dim=-1)
    c = torch.addcmul(state[1] * f.sigmoid(), i.sigmoid(), g.tanh())
    return [c.tanh() * o.sigmoid(), c]


# %% lstm_step einsum_and_blocks
def lstm_step(x, state, weights):
    h, c = state
    B, H = h.shape
    W, U, b, d = weights
    z = torch.einsum("bd,kd->bk", x, W) + torch.einsum("bh,kh->bk", h, U) + b[None] + d[None]
    z = z.view(B, 4, H)
    i, f, o = 1 / (1 + torch.exp(-z[:, 0])), 1 / (1 + torch.exp(-z[:, 1])), 1 / (1 + torch.exp(-z[:, 3]))
    new = f * c + i * z[:, 2].tanh()
    return (o * new.tanh(), new)


# %% lstm_step sequence_by_sequence
def lstm_step(x, state, weights):
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    hs, cs = [], []
    for row, h, c in zip(x, *state):
        i, f, g, o = (weight_ih @ row + bias_ih + weight_hh @ h + bias_hh).view(4, -1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        hs.append(o.sigmoid() * c.tanh())
        cs.append(c)
    return torch.stack(hs), torch.stack(cs)


# %% other_steps slices_and_lerp
def rnn_step(x, state, weights):
    h = state[0]
    return (torch.tanh(torch.addmm(weights[2], x, weights[0].t()) + torch.addmm(weights[3], h, weights[1].t())),)


def gru_step(x, state, weights):
    h = state[0]
    H = h.shape[1]
    from_x = torch.addmm(weights[2], x, weights[0].t())
    from_h = torch.addmm(weights[3], h, weights[1].t())
    gates = torch.sigmoid(from_x[:, : 2 * H] + from_h[:, : 2 * H])
    n = torch.tanh(torch.addcmul(from_x[:, 2 * H :], gates[:, :H], from_h[:, 2 * H :]))
    return (torch.lerp(n, h, gates[:, H:]),)


# %% other_steps matrix_by_matrix
def rnn_step(x, state, weights):
    W, U, b, d = weights
    return tuple(((W @ x.mT + U @ h.mT).mT + b + d).tanh() for h in state)


def gru_step(x, state, weights):
    (h,) = state
    W_r, W_z, W_n = weights[0].chunk(3)
    U_r, U_z, U_n = weights[1].chunk(3)
    b_r, b_z, b_n = weights[2].chunk(3)
    d_r, d_z, d_n = weights[3].chunk(3)
    r = (x @ W_r.T + b_r + h @ U_r.T + d_r).sigmoid()
    z = (x @ W_z.T + b_z + h @ U_z.T + d_z).sigmoid()
    n = (x @ W_n.T + b_n + r * (h @ U_n.T + d_n)).tanh()
    return (n + z * (h - n),)


# %% other_steps lists_and_layers
def linear(x, weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0], device="meta")
    return torch.func.functional_call(layer, {"weight": weight, "bias": bias}, x)


def rnn_step(x, state, weights):
    w, u, b, d = weights
    return [nn.Tanh()(linear(x, w, b) + linear(state[0], u, d))]


def gru_step(x, state, weights):
    w, u, b, d = weights
    h = state[0]
    a = linear(x, w, b).unflatten(1, (3, -1))
    k = linear(h, u, d).unflatten(1, (3, -1))
    r = F.sigmoid(a[:, 0] + k[:, 0])
    z = F.sigmoid(a[:, 1] + k[:, 1])
    return [torch.where(z > 2, h, (1 - z) * torch.tanh(a[:, 2] + r * k[:, 2]) + z * h)]


# %% recurrent layer_by_layer_into_an_empty_tensor
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.step, self.gates, self.parts = cell
        self.H, self.L = hidden_size, num_layers
        sizes = [input_size] + [hidden_size] * (num_layers - 1)
        for k, size in enumerate(sizes):
            setattr(self, f"weight_ih_l{k}", nn.Parameter(torch.zeros(self.gates * hidden_size, size)))
            setattr(self, f"weight_hh_l{k}", nn.Parameter(torch.zeros(self.gates * hidden_size, hidden_size)))
            setattr(self, f"bias_ih_l{k}", nn.Parameter(torch.zeros(self.gates * hidden_size)))
            setattr(self, f"bias_hh_l{k}", nn.Parameter(torch.zeros(self.gates * hidden_size)))
        for name, parameter in self.named_parameters():
            if "weight" in name:
                nn.init.uniform_(parameter, -(hidden_size**-0.5), hidden_size**-0.5)

    def forward(self, x, hidden=None):
        B, T, _ = x.shape
        if hidden is None:
            hidden = tuple(torch.zeros(self.L, B, self.H).to(x) for _ in range(self.parts))
        ends = []
        for k in range(self.L):
            weights = (
                getattr(self, f"weight_ih_l{k}"),
                getattr(self, f"weight_hh_l{k}"),
                getattr(self, f"bias_ih_l{k}"),
                getattr(self, f"bias_hh_l{k}"),
            )
            state = tuple(p[k] for p in hidden)
            out = torch.empty(B, T, self.H, dtype=x.dtype, device=x.device)
            for t in range(T):
                state = self.step(x[:, t, :], state, weights)
                out[:, t] = state[0]
            ends.append(state)
            x = out
        return x, tuple(torch.stack([end[p] for end in ends], dim=0) for p in range(self.parts))


# %% recurrent time_outside_layers_inside
class Recurrent(nn.Module):
    NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")

    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell, self.hidden_size, self.num_layers = cell, hidden_size, num_layers
        like = nn.RNN(input_size, cell.gates * hidden_size, num_layers)
        distribution = torch.distributions.Uniform(-1 / math.sqrt(hidden_size), 1 / math.sqrt(hidden_size))
        for name, parameter in like.named_parameters():
            shape = list(parameter.shape)
            if "_hh" in name and "weight" in name or "weight_ih" in name and not name.endswith("_l0"):
                shape[1] = hidden_size
            self.register_parameter(name, nn.Parameter(distribution.sample(shape)))

    def forward(self, x, hidden=None):
        if hidden is None:
            hidden = tuple(x.new_zeros((self.num_layers, x.size(0), self.hidden_size)) for _ in range(self.cell.parts))
        states = [[part[layer] for part in hidden] for layer in range(self.num_layers)]
        shown = []
        for step in x.transpose(0, 1):
            for layer, state in enumerate(states):
                weights = [self.get_parameter(f"{name}_l{layer}") for name in self.NAMES]
                states[layer] = self.cell.step(step, tuple(state), tuple(weights))
                step = states[layer][0]
            shown.append(step.unsqueeze(1))
        return torch.cat(shown, 1), tuple(torch.cat([p[None] for p in parts]) for parts in zip(*states))


# %% recurrent layers_as_modules_of_functions
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        rows = cell.gates * hidden_size
        self.names = []
        for layer in range(num_layers):
            made = [
                torch.rand(rows, input_size if not layer else hidden_size),
                torch.rand(rows, hidden_size),
                torch.rand(rows),
                torch.rand(rows),
            ]
            names = [f"{kind}_{side}_l{layer}" for kind in ("weight", "bias") for side in ("ih", "hh")]
            for name, values in zip(names, made):
                self.register_parameter(name, nn.Parameter((2 * values - 1) / math.sqrt(hidden_size)))
            self.names.append(names)

    def run(self, steps, state, weights):
        for step in steps:
            state = self.cell.step(step, state, weights)
            yield state

    def forward(self, x, hidden=None):
        ends = []
        for layer, names in enumerate(self.names):
            zero = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            state = (zero,) * self.cell.parts if hidden is None else tuple(part[layer] for part in hidden)
            states = list(self.run(x.unbind(1), state, tuple(getattr(self, name) for name in names)))
            x = torch.stack([state[0] for state in states], 1)
            ends.append(states[-1])
        return x, tuple(torch.stack(parts) for parts in zip(*ends))


# %% step_by_step split_and_list
def step_by_step(layer, x, hidden=None):
    pieces = []
    for step in torch.split(x, 1, dim=1):
        result = layer(step) if hidden is None else layer(step, hidden)
        pieces.append(result[0][:, 0])
        hidden = result[1]
    return torch.stack(pieces, 1), hidden


# %% step_by_step top_of_hidden
def step_by_step(layer, x, hidden=None):
    shown = []
    for step in x.unbind(1):
        _, hidden = layer(step.unsqueeze(1), hx=hidden)
        top = hidden[0][-1] if type(hidden) is tuple else hidden[-1]
        shown.append(top)
    return torch.stack(shown).transpose(0, 1), hidden


# %% step_by_step recursive
def step_by_step(layer, x, hidden=None):
    first, state = layer.forward(x[:, :1, :], hidden)
    if x.shape[1] == 1:
        return first, state
    rest, state = step_by_step(layer, x[:, 1:, :], state)
    return torch.cat((first, rest), 1), state


# %% step_by_step preallocated
def step_by_step(layer, x, hidden=None):
    B, T = x.shape[:2]
    out = torch.zeros(B, T, layer.hidden_size, dtype=x.dtype)
    for t in range(T):
        piece, hidden = layer(x[:, [t]], hidden)
        out[:, t] = piece.squeeze(1)
    return [out, hidden]


# %% final_states by_layers_and_directions
def final_states(hidden, bidirectional=False):
    directions = 2 if bidirectional else 1
    layers, batch, size = hidden.shape[0] // directions, hidden.shape[1], hidden.shape[2]
    top = hidden.view(layers, directions, batch, size)[layers - 1]
    return top.permute(1, 0, 2).reshape(batch, directions * size)


# %% final_states unbind_and_hstack
def final_states(hidden, bidirectional=False):
    *_, last = states = hidden.unbind(0)
    if not bidirectional:
        return last
    return torch.hstack([states[len(states) - 2], last])


# %% final_states row_by_row
def final_states(hidden, bidirectional=False):
    halves = hidden[-2:] if bidirectional else hidden[-1:]
    rows = []
    for b in range(hidden.size(1)):
        rows.append(torch.cat([half[b] for half in halves]))
    return torch.stack(rows)


# %% keras_start apply
def keras_start(model):
    def start(module):
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.LSTM):
            H = module.hidden_size
            with torch.no_grad():
                for weights in module.all_weights:
                    nn.init.xavier_uniform_(weights[0])
                    nn.init.orthogonal_(weights[1])
                    if module.bias:
                        weights[2].zero_()
                        weights[2][H : 2 * H] += 1
                        weights[3].zero_()

    return model.apply(start)


# %% keras_start by_hand
@torch.no_grad()
def keras_start(model):
    def xavier(w):
        a = math.sqrt(6 / (w.shape[0] + w.shape[1]))
        w.copy_((2 * torch.rand(w.shape) - 1) * a)

    for m in model.modules():
        if type(m) is nn.Linear:
            xavier(m.weight)
            if m.bias is not None:
                m.bias *= 0
        if type(m) is nn.LSTM:
            for name, w in m.named_parameters():
                if name.startswith("weight_ih"):
                    xavier(w)
                if name.startswith("weight_hh"):
                    q, _ = torch.linalg.qr(torch.randn(w.shape))
                    w.copy_(q)
                if name.startswith("bias"):
                    w.zero_()
                if name.startswith("bias_ih"):
                    w.view(4, -1)[1] = 1


# %% keras_start by_qualified_names
def keras_start(model):
    layers = {name: module for name, module in model.named_modules() if isinstance(module, (nn.LSTM, nn.Linear))}
    for layer in layers.values():
        for name, weight in layer.named_parameters():
            match name.split("_")[:2]:
                case ["weight"] | ["weight", "ih"]:
                    bound = (6 / sum(weight.shape)) ** 0.5
                    weight.data = torch.from_numpy(np.random.default_rng().uniform(-bound, bound, weight.shape)).to(weight.dtype)
                case ["weight", "hh"]:
                    nn.init.orthogonal_(weight)
                case ["bias", "ih"]:
                    quarter = len(weight) // 4
                    weight.data.copy_(torch.arange(len(weight)).div(quarter, rounding_mode="floor") == 1)
                case _:
                    nn.init.constant_(weight, 0.0)
    return model


# %% deep_lstm attributes_in_a_loop
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        size = input_size
        for place, hidden in enumerate(hidden_sizes, start=1):
            setattr(self, f"lstm{place}", nn.LSTM(size, hidden, bidirectional=True, batch_first=True))
            size = hidden * 2
        self.fc1, self.fc2 = nn.Linear(size, 50), nn.Linear(50, 1)
        self.activation = nn.SELU()
        keras_start(self)

    def forward(self, x):
        for place in range(1, 5):
            x = getattr(self, f"lstm{place}")(x)[0]
        return self.fc2(self.activation(self.fc1(x)))


# %% deep_lstm time_first_inside
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        a, b, c, d = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, a, bidirectional=True)
        self.lstm2 = nn.LSTM(a + a, b, bidirectional=True)
        self.lstm3 = nn.LSTM(b + b, c, bidirectional=True)
        self.lstm4 = nn.LSTM(c + c, d, bidirectional=True)
        self.fc1 = nn.Linear(d + d, 50)
        self.fc2 = nn.Linear(50, 1)
        for layer in self.children():
            keras_start(layer)

    def forward(self, x):
        out = x.permute(1, 0, 2)
        out, _ = self.lstm1(out)
        out, _ = self.lstm2(out)
        out, _ = self.lstm3(out)
        out, state = self.lstm4(out)
        hidden = torch.selu(self.fc1(out))
        return self.fc2(hidden).permute(1, 0, 2)


# %% deep_lstm selu_by_hand
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        make = partial(nn.LSTM, batch_first=True, bidirectional=True)
        sizes = list(hidden_sizes)
        self.lstm1 = make(input_size, sizes[0])
        self.lstm2 = make(2 * sizes[0], sizes[1])
        self.lstm3 = make(2 * sizes[1], sizes[2])
        self.lstm4 = make(2 * sizes[2], sizes[3])
        self.fc1 = nn.Linear(2 * sizes[3], 50)
        self.fc2 = nn.Linear(50, 1)
        self.apply(keras_start)

    def forward(self, x):
        x = self.lstm4(self.lstm3(self.lstm2(self.lstm1(x)[0])[0])[0])[0]
        y = self.fc1(x)
        y = 1.0507009873554805 * torch.where(y > 0, y, 1.6732632423543772 * (torch.exp(y.clamp(max=0)) - 1))
        return y @ self.fc2.weight.T + self.fc2.bias


# %% gradient_by_distance loops
def gradient_by_distance(layer, x):
    words = x.detach().clone()
    words.requires_grad = True
    out, state = layer(words)
    gradient = torch.autograd.grad(out[:, -1, :].sum(), words)[0]
    B, T, D = gradient.shape
    reach = []
    for d in range(T):
        lengths = [math.sqrt(sum(float(value) ** 2 for value in gradient[b, T - 1 - d])) for b in range(B)]
        reach.append(sum(lengths) / B)
    return reach


# %% gradient_by_distance deep_copy
def gradient_by_distance(layer, x):
    import copy

    twin = copy.deepcopy(layer)
    inputs = x.detach().clone().requires_grad_(True)
    output = twin(inputs)[0]
    output[:, -1].sum().backward()
    lengths = inputs.grad.pow(2).sum(-1).sqrt()
    return torch.flip(lengths.mean(0), dims=(0,)).numpy()


# %% gradient_by_distance jacobian
def gradient_by_distance(layer, x):
    jacobian = torch.autograd.functional.jacobian(lambda inputs: layer(inputs)[0][:, -1].sum(), x.detach())
    return torch.linalg.vector_norm(jacobian, dim=-1).mean(dim=0)[torch.arange(x.shape[1] - 1, -1, -1)]


# %% gradient_by_distance step_by_step_inputs
def gradient_by_distance(layer, x):
    steps = [step.detach().requires_grad_() for step in x.clone().unbind(dim=1)]
    out, _ = layer(torch.stack(steps, dim=1))
    gradients = torch.autograd.grad(out[:, -1].sum(), steps)
    return [gradient.norm(dim=1).mean().item() for gradient in reversed(gradients)]


# %% gradient_by_distance put_back
def gradient_by_distance(layer, x):
    wanted = x.requires_grad
    x.requires_grad_(True)
    (gradient,) = torch.autograd.grad(layer(x)[0][:, -1].sum(), [x])
    x.requires_grad_(wanted)
    return np.linalg.norm(gradient.numpy(), axis=2).mean(axis=0)[::-1].copy()


# %% gradient_by_distance with_a_graph
def gradient_by_distance(layer, x):
    x = x.clone().detach().requires_grad_()
    h = layer(x)[0][:, -1]
    grad = torch.autograd.grad(h, x, grad_outputs=torch.ones_like(h), create_graph=True)[0]
    return (grad**2).sum(2).sqrt().mean(0).flip([0])


# %% clip_gradients torch_function
def clip_gradients(parameters, max_norm):
    return torch.nn.utils.clip_grad_norm_(list(parameters), max_norm).item()


# %% clip_gradients stacked
def clip_gradients(parameters, max_norm):
    grads = [p.grad for p in parameters if p.grad is not None]
    if len(grads) == 0:
        return 0.0
    total = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in grads])).item()
    factor = min(1.0, max_norm / (total + 1e-9))
    for g in grads:
        g.mul_(factor)
    return total


# %% clip_gradients flat_vector
def clip_gradients(parameters, max_norm):
    parameters = list(parameters)
    pieces = [parameter.grad.flatten() for parameter in parameters if parameter.grad is not None]
    length = float(torch.cat(pieces).norm()) if pieces else 0.0
    if length <= max_norm:
        return length
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.grad.copy_(parameter.grad / length * max_norm)
    return length


# %% clip_gradients numpy
def clip_gradients(parameters, max_norm):
    square, found = 0.0, []
    for parameter in parameters:
        if parameter.grad is None:
            continue
        found.append(parameter.grad.data)
        square += np.square(parameter.grad.detach().cpu().numpy()).sum()
    length = np.sqrt(np.float64(square))
    if length > max_norm:
        for gradient in found:
            gradient.div_(length / max_norm)
    return length


# %% clip_gradients coefficient
def clip_gradients(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = sum((p.grad.pow(2).sum() for p in parameters), torch.tensor(0.0)) ** 0.5
    coefficient = torch.clamp(max_norm / norm, max=1.0)
    for p in parameters:
        p.grad *= coefficient if norm > 0 else 1.0
    return norm.item()


# %% truncated_steps ranges
def truncated_steps(model, criterion, optimizer, x, y, window):
    losses = []
    state = None
    for start in range(0, x.size(1), window):
        optimizer.zero_grad(set_to_none=False)
        prediction, state = model(x[:, start : start + window], state)
        loss = criterion(prediction, y[:, start : start + window])
        loss.backward()
        optimizer.step()
        if torch.is_tensor(state):
            state = state.detach()
        else:
            state = tuple([s.detach() for s in state])
        losses.append(float(loss.detach()))
    return losses


# %% truncated_steps detach_before
def truncated_steps(model, criterion, optimizer, x, y, window):
    def stop(hidden):
        if hidden is None:
            return None
        if isinstance(hidden, tuple):
            return tuple(map(stop, hidden))
        return hidden.detach()

    hidden, losses, position = None, [], 0
    while position < x.shape[1]:
        part, goal = x.narrow(1, position, min(window, x.shape[1] - position)), y[:, position : position + window]
        output, hidden = model(part, stop(hidden))
        loss = criterion(output, goal)
        model.zero_grad()
        loss.backward()
        optimizer.step()
        losses += [loss.item()]
        position += window
    return losses


# %% truncated_steps closures
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden = None
    losses = []
    for xs, ys in zip(torch.split(x, window, 1), torch.split(y, window, 1)):

        def closure():
            nonlocal hidden
            optimizer.zero_grad()
            guess, hidden = model(xs, hidden)
            loss = criterion(guess, ys)
            loss.backward()
            return loss

        losses.append(optimizer.step(closure).item())
        hidden = hidden.data if isinstance(hidden, torch.Tensor) else tuple(h.data for h in hidden)
    return losses


# %% truncated_steps gradients_by_hand
def truncated_steps(model, criterion, optimizer, x, y, window):
    weights = [p for p in model.parameters() if p.requires_grad]
    count = math.ceil(x.shape[1] / window)
    carried, losses = None, np.zeros(count)
    for k in range(count):
        here = slice(k * window, (k + 1) * window)
        predicted, carried = model(x[:, here], carried)
        loss = criterion(predicted, y[:, here])
        for weight, gradient in zip(weights, torch.autograd.grad(loss, weights, allow_unused=True)):
            weight.grad = gradient
        optimizer.step()
        losses[k] = loss.item()
        with torch.no_grad():
            carried = carried.clone() if not isinstance(carried, tuple) else tuple(c.clone() for c in carried)
    return losses.tolist()


# %% truncated_steps in_place
def truncated_steps(model, criterion, optimizer, x, y, window):
    out, hidden = [], None
    for inputs, targets in zip(x.split(window, 1), y.split(window, 1)):
        if hidden is not None:
            for part in hidden if isinstance(hidden, tuple) else [hidden]:
                part.detach_()
        yhat, hidden = model(inputs, hidden)
        optimizer.zero_grad()
        loss = criterion(yhat, targets)
        loss.backward()
        optimizer.step()
        out.append(loss.cpu().item())
    return out


# %% teacher_probability try_and_except
def teacher_probability(step, k):
    try:
        return k / (k + math.exp(step / k))
    except OverflowError:
        return 0.0


# %% teacher_probability divided_above_and_below
def teacher_probability(step: int, k: float) -> float:
    shrunk = math.exp(-step / k)
    return k * shrunk / (k * shrunk + 1)


# %% teacher_probability numpy
def teacher_probability(step, k):
    with np.errstate(over="ignore"):
        return k / (k + np.exp(step / k))


# %% teacher_probability sigmoid_of_torch
def teacher_probability(step, k):
    return torch.sigmoid(torch.tensor(math.log(k) - step / k, dtype=torch.float64)).item()


# %% teacher_probability cut_off_by_if
def teacher_probability(step, k):
    exponent = step / k
    if exponent > 300:
        return 0.0
    return float(k / (k + math.e**exponent))


# %% unroll indices
def unroll(decoder, hidden, targets, probability):
    B, T = targets.shape
    tokens = torch.tensor([BOS] * B)
    outputs = []
    states = []
    for t in range(T):
        if t > 0:
            own = outputs[-1].argmax(-1)
            tokens = torch.where(torch.rand(B) < probability, targets[:, t - 1], own)
        logits, hidden = decoder(tokens, hidden)
        outputs.append(logits)
        states.append(hidden)
    return torch.stack(outputs, 1), torch.stack(states, 1)


# %% unroll coins_before
def unroll(decoder, hidden, targets, probability):
    coins = torch.bernoulli(torch.full(targets.shape, float(probability))).bool()
    tokens = targets.new_full((len(targets),), BOS)
    results = []
    for true, coin in zip(targets.T, coins.T):
        results.append(decoder(tokens, hidden))
        logits, hidden = results[-1]
        tokens = logits.detach().argmax(dim=1)
        tokens[coin] = true[coin]
    return tuple(torch.stack(part, dim=1) for part in zip(*results))


# %% unroll numpy_coins
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((targets.shape[0],), BOS, dtype=torch.long)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list += [logits.unsqueeze(1)]
        states += [hidden.unsqueeze(1)]
        coins = torch.from_numpy(np.random.random(len(targets)) < probability).long()
        tokens = coins * targets[:, t] + (1 - coins) * torch.max(logits, dim=1).indices
    return torch.cat(logits_list, dim=1), torch.cat(states, dim=1)


# %% unroll row_by_row_coins
import random


def unroll(decoder, hidden, targets, probability):
    batch, steps = targets.shape
    tokens = torch.full((batch,), BOS)
    logits_list, states = [], []
    for t in range(steps):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        own, true = logits.argmax(1).tolist(), targets[:, t].tolist()
        tokens = torch.tensor([y if random.random() < probability else o for y, o in zip(true, own)])
    return torch.stack(logits_list).transpose(0, 1), torch.stack(states).permute(1, 0, 2)


# %% unroll three_branches
def unroll(decoder, hidden, targets, probability):
    def choose(true, logits):
        if probability == 1:
            return true
        own = logits.topk(1, dim=1)[1].squeeze(1)
        if probability == 0:
            return own
        return torch.where(torch.rand(len(true)) < probability, true, own)

    tokens, out, states = torch.full_like(targets[:, 0], BOS), [], []
    for t in range(targets.size(1)):
        logits, hidden = decoder(tokens, hidden)
        out.append(logits)
        states.append(hidden)
        if t + 1 < targets.size(1):
            tokens = choose(targets[:, t], logits)
    return torch.stack(out, dim=1), torch.stack(states, dim=1)


# %% unroll recursion
def unroll(decoder, hidden, targets, probability):
    def go(tokens, hidden, t):
        if t == targets.shape[1]:
            return [], []
        logits, hidden = decoder(tokens, hidden)
        own = logits.argmax(dim=1)
        coins = torch.rand(len(own)).le(probability) if probability > 0 else torch.zeros(len(own), dtype=torch.bool)
        later_logits, later_states = go(torch.where(coins, targets[:, t], own), hidden, t + 1)
        return [logits, *later_logits], [hidden, *later_states]

    logits, states = go(torch.full((len(targets),), BOS), hidden, 0)
    return torch.stack(logits, dim=1), torch.stack(states, dim=1)


# %% generate cut_at_the_end
@torch.no_grad()
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) < max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= tokens == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate only_unfinished_rows
def generate(decoder, hidden, max_length):
    written = [[] for _ in range(len(hidden))]
    alive = torch.arange(len(hidden))
    tokens = torch.full((len(hidden),), BOS)
    for _ in range(max_length):
        if len(alive) == 0:
            break
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        going = tokens != EOS
        alive, tokens, hidden = alive[going], tokens[going], hidden[going]
        for row, token in zip(alive.tolist(), tokens.tolist()):
            written[row].append(token)
    return written


# %% generate pad_after_the_end
def generate(decoder, hidden, max_length):
    tokens = torch.full((hidden.shape[0],), BOS)
    written = [[] for _ in range(hidden.shape[0])]
    ended = [False] * hidden.shape[0]
    step = 0
    while step < max_length:
        logits, hidden = decoder(tokens, hidden)
        for b, token in enumerate(logits.argmax(dim=-1)):
            ended[b] = ended[b] or token.item() == EOS
            if ended[b]:
                tokens = tokens.clone()
                tokens[b] = PAD
            else:
                written[b].append(token.item())
                tokens = tokens.clone()
                tokens[b] = token
        if all(ended):
            return written
        step += 1
    return written


# %% generate takewhile
from itertools import takewhile


def generate(decoder, hidden, max_length):
    tokens, steps, seen = torch.tensor([BOS] * len(hidden)), [], set()
    for _ in range(max_length):
        logits, hidden = decoder(tokens, hidden)
        tokens = torch.max(logits, 1)[1]
        steps.append(tokens.numpy())
        seen |= {row for row, token in enumerate(tokens.tolist()) if token == EOS}
        if len(seen) == len(hidden):
            break
    return [list(takewhile(lambda token: token != EOS, row)) for row in np.array(steps).T]


# %% sequence_loss transposed
def sequence_loss(logits, targets):
    losses = F.cross_entropy(logits.transpose(1, 2), targets, reduction="none")
    real = (targets != PAD).to(losses.dtype)
    return (losses * real).sum() / torch.clamp(real.sum(), min=1)


# %% sequence_loss gathered
def sequence_loss(logits, targets):
    picked = torch.log_softmax(logits, dim=-1).gather(-1, targets[..., None])[..., 0]
    real = targets != PAD
    return -picked.masked_fill(~real, 0).sum() / max(int(real.sum()), 1)


# %% sequence_loss real_tokens_first
def sequence_loss(logits, targets):
    real = targets.ne(PAD)
    if not real.any():
        return logits.sum() * 0
    return F.cross_entropy(logits[real], targets[real])


# %% sequence_loss logsumexp
def sequence_loss(logits, targets):
    true = torch.take_along_dim(logits, targets.unsqueeze(-1), dim=-1).squeeze(-1)
    losses = torch.logsumexp(logits, dim=-1) - true
    return torch.where(targets == PAD, 0.0, losses).sum() / (targets != PAD).sum().clamp(min=1)


# %% sequence_loss nll_module
def sequence_loss(logits, targets):
    criterion = nn.NLLLoss(ignore_index=PAD, reduction="sum")
    total = criterion(F.log_softmax(logits, dim=2).reshape(-1, logits.size(2)), targets.reshape(-1))
    count = (targets != PAD).sum().item()
    return total / count if count else total


# %% professor_losses binary_cross_entropy
def professor_losses(discriminator, teacher_states, free_states):
    bce = F.binary_cross_entropy_with_logits
    taught = discriminator(teacher_states.detach())
    free = discriminator(free_states.detach())
    fooled = discriminator(free_states)
    discriminator_loss = bce(taught, torch.ones_like(taught)) + bce(free, torch.zeros_like(free))
    return discriminator_loss, bce(fooled, torch.ones_like(fooled))


# %% professor_losses logsigmoid
def professor_losses(discriminator, teacher_states, free_states):
    taught = discriminator(teacher_states.detach())
    free = discriminator(free_states.detach())
    loss = -F.logsigmoid(taught).mean() - F.logsigmoid(-free).mean()
    return [loss, -F.logsigmoid(discriminator(free_states)).mean()]


# %% professor_losses one_call_for_both_runs
def professor_losses(discriminator, teacher_states, free_states):
    criterion = nn.BCEWithLogitsLoss()
    both = torch.cat([teacher_states, free_states]).detach()
    labels = torch.cat([torch.ones(len(teacher_states)), torch.zeros(len(free_states))]).to(both)
    discriminator_loss = 2 * criterion(discriminator(both), labels)
    fooled = discriminator(free_states)
    return discriminator_loss, criterion(fooled, torch.ones(len(fooled)).to(fooled))


# %% professor_losses logaddexp
def professor_losses(discriminator, teacher_states, free_states):
    def minus_log(logits, taught):
        signed = -logits if taught else logits
        return torch.logaddexp(signed, torch.zeros_like(signed)).sum() / len(signed)

    with torch.no_grad():
        taught_states, lonely_states = teacher_states.clone(), free_states.clone()
    generator_loss = minus_log(discriminator(free_states), True)
    loss = minus_log(discriminator(taught_states), True) + minus_log(discriminator(lonely_states), False)
    return loss, generator_loss


# %% make_reservoir choice_of_places
def make_reservoir(num_units, density, spectral_radius, rng):
    flat = np.zeros(num_units * num_units)
    count = int(round(density * flat.size))
    places = rng.choice(flat.size, size=count, replace=False)
    flat[places] = rng.uniform(-1, 1, size=count)
    weights = flat.reshape(num_units, num_units)
    values, _ = np.linalg.eig(weights)
    return spectral_radius * weights / max(abs(values))


# %% make_reservoir loops
def make_reservoir(num_units, density, spectral_radius, rng):
    weights = np.zeros((num_units, num_units))
    for i in range(num_units):
        for j in range(num_units):
            if rng.uniform() < density:
                weights[i, j] = 2 * rng.random() - 1
    radius = max(abs(value) for value in np.linalg.eigvals(weights))
    weights /= radius
    weights *= spectral_radius
    return weights


# %% make_reservoir binomial_and_halves
def make_reservoir(num_units, density, spectral_radius, rng):
    shape = (num_units, num_units)
    weights = (rng.random(shape) - 0.5) * rng.binomial(1, density, size=shape)
    largest = np.sqrt((np.linalg.eigvals(weights) * np.linalg.eigvals(weights).conj()).real.max())
    return weights * (spectral_radius / largest)


# %% make_reservoir single_precision
def make_reservoir(num_units, density, spectral_radius, rng):
    weights = rng.uniform(-1.0, 1.0, (num_units, num_units))
    weights[rng.uniform(size=weights.shape) > density] = 0.0
    eigenvalues = np.linalg.eigvals(weights)
    scaled = weights * spectral_radius / np.max(np.hypot(eigenvalues.real, eigenvalues.imag))
    return scaled.astype(np.float32)


# %% make_reservoir scipy_sparse
def make_reservoir(num_units, density, spectral_radius, rng):
    from scipy import sparse

    found = sparse.random(num_units, num_units, density, random_state=rng, data_rvs=lambda size: rng.uniform(-1, 1, size))
    weights = found.toarray()
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir torch_inside
def make_reservoir(num_units, density, spectral_radius, rng):
    weights = torch.from_numpy(rng.uniform(-1, 1, (num_units, num_units)))
    weights = weights * torch.from_numpy(rng.random((num_units, num_units)) < density)
    weights = weights * spectral_radius / torch.linalg.eigvals(weights).abs().max()
    return weights.numpy()


# %% run_reservoir list_of_states
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    if state is None:
        state = np.zeros(weights.shape[0])
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1.0], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.array(states)


# %% run_reservoir matrix_of_rows
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    steps, units = len(inputs), len(weights)
    states = np.zeros((steps + 1, units))
    if state is not None:
        states[0] = state
    ones = np.hstack([np.ones((steps, 1)), inputs])
    for t in range(steps):
        push = ones[t] @ weight_in.T + states[t] @ weights.T
        states[t + 1] = states[t] + leak * (np.tanh(push) - states[t])
    return states[1:]


# %% run_reservoir one_big_product
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    both = np.hstack([weight_in, weights])
    s = np.zeros(len(weights)) if state is None else np.array(state, dtype=float)
    result = np.zeros((inputs.shape[0], len(weights)))
    for t, u in enumerate(inputs):
        s = s * (1 - leak) + leak * np.tanh(both @ np.r_[1, u, s])
        result[t] = s
    return result


# %% run_reservoir accumulate
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    from itertools import accumulate

    start = np.zeros(len(weights)) if state is None else state
    drive = inputs @ weight_in[:, 1:].T + weight_in[:, 0]
    found = accumulate(drive, lambda s, d: (1 - leak) * s + leak * np.tanh(d + weights @ s), initial=start)
    return np.stack(list(found)[1:])


# %% run_reservoir loops_over_units
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    units = len(weights)
    old = [0.0] * units if state is None else list(state)
    rows = []
    for u in inputs:
        new = []
        for i in range(units):
            total = weight_in[i][0] + sum(weight_in[i][1 + k] * u[k] for k in range(len(u)))
            total += sum(weights[i][j] * old[j] for j in range(units))
            new.append((1 - leak) * old[i] + leak * math.tanh(total))
        rows.append(new)
        old = new
    return np.array(rows)


# %% run_reservoir torch_inside
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    w, w_in, u = (torch.as_tensor(array, dtype=torch.float64) for array in (weights, weight_in, inputs))
    s = torch.zeros(len(w), dtype=torch.float64) if state is None else torch.as_tensor(state, dtype=torch.float64)
    states = []
    for row in u:
        s = torch.lerp(s, torch.tanh(w_in[:, 0] + w_in[:, 1:] @ row + w @ s), float(leak))
        states.append(s)
    return torch.stack(states)


# %% ridge_readout normal_equations
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout inverse
def ridge_readout(features, targets, ridge, washout=0):
    x = np.array(features[washout:])
    y = np.array(targets[washout:])
    gram = x.T.dot(x)
    gram[np.diag_indices_from(gram)] += ridge
    return np.linalg.inv(gram).dot(x.T).dot(y)


# %% ridge_readout singular_values
def ridge_readout(features, targets, ridge, washout=0):
    u, s, vt = np.linalg.svd(features[washout:], full_matrices=False)
    return vt.T @ ((s / (s**2 + ridge))[:, None] * (u.T @ targets[washout:]))


# %% ridge_readout sklearn
def ridge_readout(features, targets, ridge, washout=0):
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=ridge, fit_intercept=False, solver="svd")
    coefficients = model.fit(features[washout:], targets[washout:]).coef_
    return coefficients.reshape(targets.shape[1], -1).T


# %% ridge_readout column_by_column
def ridge_readout(features, targets, ridge, washout=0):
    features, targets = np.delete(features, range(washout), axis=0), np.delete(targets, range(washout), axis=0)
    count = features.shape[1]
    result = np.empty((count, targets.shape[1]))
    for k in range(targets.shape[1]):
        result[:, k] = np.linalg.solve(ridge * np.identity(count) + features.T @ features, features.T @ targets[:, k])
    return result


# %% ridge_readout cholesky_in_torch
def ridge_readout(features, targets, ridge, washout=0):
    x, y = torch.from_numpy(features[washout:]), torch.from_numpy(targets[washout:])
    factor = torch.linalg.cholesky(x.T @ x + ridge * torch.eye(x.shape[1], dtype=x.dtype))
    return torch.cholesky_solve(x.T @ y, factor)


# %% free_run written_out
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = np.zeros((steps, len(value)))
    for t in range(steps):
        push = weight_in @ np.concatenate([[1.0], value]) + weights @ state
        state = (1 - leak) * state + leak * np.tanh(push)
        value = np.concatenate([[1.0], value, state]) @ readout
        forecasts[t] = value
    return forecasts


# %% free_run with_run_reservoir
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    u = value.reshape(1, -1)
    rows = []
    while len(rows) < steps:
        s = run_reservoir(weights, weight_in, u, leak=leak, state=state)
        u = extended(s, u) @ readout
        state = s[-1]
        rows.append(u)
    return np.concatenate(rows)


# %% free_run recursive
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    push = weight_in[:, 0] + weight_in[:, 1:] @ value + weights @ state
    after = state + leak * (np.tanh(push) - state)
    forecast = readout[0] + value @ readout[1 : 1 + len(value)] + after @ readout[1 + len(value) :]
    if steps == 1:
        return forecast[None]
    return np.vstack([forecast, free_run(weights, weight_in, readout, after, forecast, steps - 1, leak)])


# %% free_run in_place_on_copies
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    s, v = np.array(state), np.array(value)
    result = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.append(1, v) + weights @ s)
        s *= 1 - leak
        s += leak * new
        v[:] = readout.T @ np.hstack((1, v, s))
        result.append(v.copy())
    return np.asarray(result)


# %% encode_words loop_and_append
def encode_words(words, word2idx, ending2idx):
    word_indices, ending_indices = [], []
    for word in words:
        small = word.lower()
        word_indices.append(word2idx[small] if small in word2idx else UNK)
        ending = small if len(small) < 3 else small[len(small) - 3 :]
        ending_indices.append(ending2idx[ending] if ending in ending2idx else UNK)
    return word_indices, ending_indices


# %% encode_words helper_and_map
def look_up(items, index):
    return [index.get(item, UNK) for item in items]


def encode_words(words, word2idx, ending2idx):
    lower = list(map(str.lower, words))
    return [look_up(lower, word2idx), look_up([word[-3:] for word in lower], ending2idx)]


# %% encode_words try_and_except
def index_of(item, vocabulary):
    try:
        return vocabulary[item]
    except KeyError:
        return UNK


def encode_words(words: list[str], word2idx: dict, ending2idx: dict) -> tuple:
    return (
        [index_of(word.casefold(), word2idx) for word in words],
        [index_of("".join(list(word.lower())[-3:]), ending2idx) for word in words],
    )


# %% encode_words default_dictionaries
from collections import defaultdict


def encode_words(words, word2idx, ending2idx):
    known_words, known_endings = defaultdict(lambda: UNK, word2idx), defaultdict(lambda: UNK, ending2idx)
    pairs = [(known_words[w.lower()], known_endings[w.lower()[-3:]]) for w in words]
    return [a for a, _ in pairs], [b for _, b in pairs]


# %% encode_words numpy_whole_numbers
import numpy as np


def encode_words(words, word2idx, ending2idx):
    table = np.ones((2, len(words)), dtype=int)
    for place, word in enumerate(words):
        table[:, place] = word2idx.get(word.lower(), 1), ending2idx.get(word.lower()[-3:], 1)
    return list(table[0]), list(table[1])


# %% tagger sentence_by_sentence
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, bidirectional=True)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)
        self.drop = nn.Dropout(p=dropout)

    def forward(self, words, endings):
        rows = []
        for sentence, its_endings in zip(words, endings):
            n = int((sentence != PAD).sum())
            x = torch.cat((self.word_embeddings(sentence[:n]), self.ending_embeddings(its_endings[:n])), 1)
            states, _ = self.lstm(x.view(n, 1, -1))
            logits = self.hidden2tag(self.drop(states.view(n, -1)))
            rows.append(torch.cat([logits, logits.new_zeros(words.shape[1] - n, logits.shape[1])]))
        return torch.stack(rows)


# %% tagger sorted_by_hand
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(input_size=embed_size * 2, hidden_size=hidden_size, bidirectional=True, batch_first=True)
        self.rate = dropout
        self.hidden2tag = nn.Linear(hidden_size * 2, num_tags)

    def forward(self, words, endings):
        lengths, order = words.ne(PAD).sum(1).sort(descending=True)
        back = order.argsort()
        x = torch.cat([self.word_embeddings(words[order]), self.ending_embeddings(endings[order])], -1)
        packed = pack_padded_sequence(x, lengths.tolist(), batch_first=True)
        states = pad_packed_sequence(self.lstm(packed)[0], True, padding_value=0.0, total_length=x.size(1))[0]
        states = F.dropout(states[back], self.rate, self.training)
        return self.hidden2tag(states)


# %% tagger time_first_inside
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def embed(self, words, endings):
        return torch.cat([self.word_embeddings(words.T), self.ending_embeddings(endings.T)], dim=2)

    def forward(self, words, endings):
        lengths = torch.count_nonzero(endings, dim=1).to("cpu")
        packed = pack_padded_sequence(self.embed(words, endings), lengths, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], total_length=words.shape[1])
        return self.hidden2tag(self.dropout(states)).transpose(0, 1)


# %% tagger packed_from_a_list
from torch.nn.utils.rnn import pack_sequence


class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(embed_size + embed_size, hidden_size, 1, True, True, 0.0, True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        real = words != PAD
        sentences = [
            torch.hstack((self.word_embeddings(w[mask]), self.ending_embeddings(e[mask])))
            for w, e, mask in zip(words, endings, real)
        ]
        states, _ = self.lstm(pack_sequence(sentences, enforce_sorted=False))
        states = states._replace(data=self.dropout(states.data))
        padded, lengths = pad_packed_sequence(states, batch_first=True)
        logits = self.hidden2tag(padded)
        return F.pad(logits, (0, 0, 0, words.shape[1] - logits.shape[1]))


# %% tagger logits_scattered
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.num_tags = num_tags
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)
        self.dropout = nn.Dropout(dropout)

    def forward(self, words, endings):
        mask = words > 0
        inputs = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        packed = pack_padded_sequence(inputs, mask.sum(-1).cpu(), batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        states = states[mask[:, : states.shape[1]]]
        logits = states.new_full((*words.shape, self.num_tags), -1e9)
        logits[mask] = self.hidden2tag(self.dropout(states))
        return logits


# %% confusion loop_over_positions
def confusion(true, predicted, num_tags):
    counts = np.zeros((num_tags, num_tags), dtype=int)
    rows, columns = true.shape
    for b in range(rows):
        for t in range(columns):
            if true[b, t] == PAD:
                continue
            counts[true[b, t], predicted[b, t]] += 1
    return counts


# %% confusion index_put_that_accumulates
def confusion(true, predicted, num_tags):
    mask = true.ne(PAD)
    y, z = true[mask], predicted[mask]
    table = torch.zeros((num_tags, num_tags), dtype=torch.int64, device=true.device)
    return table.index_put_((y, z), torch.ones_like(y), accumulate=True)


# %% confusion product_of_one_hot_rows
def confusion(true, predicted, num_tags):
    y = F.one_hot(true.flatten(), num_tags)
    z = F.one_hot(predicted.flatten(), num_tags)
    y[:, PAD] = 0
    return y.T @ z


# %% confusion counter
def confusion(true, predicted, num_tags: int):
    pairs = Counter(zip(true.reshape(-1).tolist(), predicted.reshape(-1).tolist()))
    return torch.tensor([[pairs[i, j] if i != PAD else 0 for j in range(num_tags)] for i in range(num_tags)])


# %% confusion scikit_learn
from sklearn.metrics import confusion_matrix


def confusion(true, predicted, num_tags):
    keep = (true != PAD).numpy()
    if not keep.any():
        return np.zeros((num_tags, num_tags), dtype=np.int64)
    return confusion_matrix(true.numpy()[keep], predicted.numpy()[keep], labels=list(range(num_tags)))


# %% confusion numpy_add_at
import numpy as np


def confusion(true, predicted, num_tags):
    y, z = np.asarray(true).ravel(), np.asarray(predicted).ravel()
    counts = np.zeros((num_tags, num_tags), np.int32)
    np.add.at(counts, (y[y > 0], z[y > 0]), 1)
    return counts


# %% train_tagger one_cycle_and_a_larger_tagger
def train_tagger(tagger, rows, num_epochs=6, rate=0.005, alpha=0.0):
    optimizer = torch.optim.AdamW(tagger.parameters(), lr=rate, weight_decay=0.01)
    steps = num_epochs * math.ceil(len(rows) / 32)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=4 * rate, total_steps=steps)
    losses = []
    for epoch in range(num_epochs):
        tagger.train()
        running = []
        for words, endings, tags in tag_batches(rows, alpha):
            logits = tagger(words, endings)
            loss = nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), tags.reshape(-1), ignore_index=PAD)
            for parameter in tagger.parameters():
                parameter.grad = None
            loss.backward()
            optimizer.step()
            scheduler.step()
            running.append(float(loss.detach()))
        losses.append(sum(running) / len(running))
    return tagger, losses


tagger, losses = train_tagger(new_tagger(48), tag_rows["train"])


# %% train_tagger train_and_dev_in_batches_of_16
from torch.utils.data import DataLoader


def train_tagger(tagger, rows, num_epochs=4, rate=0.008, alpha=0):
    torch.manual_seed(3)
    loader = DataLoader(rows, batch_size=16, shuffle=True, collate_fn=lambda chosen: [pad_rows(x) for x in zip(*chosen)])
    optimizer = torch.optim.Adam(tagger.parameters(), rate)
    history = []
    for epoch in range(num_epochs):
        for group in optimizer.param_groups:
            group["lr"] = rate * 0.75**epoch
        total = 0.0
        tagger.train()
        for words, endings, tags in loader:
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(words)
        history += [total / len(rows)]
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"] + tag_rows["dev"])
