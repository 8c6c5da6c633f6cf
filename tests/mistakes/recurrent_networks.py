"""Wrong answers to the exercises of `recurrent_networks`, each with a name and a hint: see course_lib/authoring/bank.py."""


# %% lstm_step gates_in_the_order_i_f_o_g
# hint: the third quarter is taken for o and the last for g; torch's rows are i, f, g, o
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, o, g = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step gates_in_the_order_f_i_g_o
# hint: the first quarter is taken for f; torch's rows are i, f, g, o
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    f, i, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step gates_in_the_order_i_g_f_o
# hint: f and g have changed places; torch's rows are i, f, g, o
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, g, f, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step gates_in_the_order_f_i_o_g
# hint: these are the rows of another library; torch's are i, f, g, o
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    f, i, o, g = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step gates_interleaved
# hint: every fourth row is taken for a gate; the rows of a gate are H in a block
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.reshape(len(x), -1, 4).unbind(dim=2)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step cut_along_the_batch
# hint: chunk(4) without dim cuts the rows of the batch; the gates lie along dim 1
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step one_minus_the_forget_gate
# hint: here f = 1 forgets all; f is multiplied by the old cell, so 1 keeps it
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = (1 - f) * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step coupled_gates_by_i
# hint: the old cell is kept by 1 - i here; it is kept by f, a gate of its own
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = (1 - i) * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step coupled_gates_by_f
# hint: the news are written by 1 - f here; they are written by i, a gate of its own
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + (1 - f) * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step no_forget_gate
# hint: nothing is ever forgotten: the old cell is multiplied by f
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step old_cell_lost
# hint: the old cell is missing in the new one: c' = f * c + i * g
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step input_gate_left_out
# hint: the news are written without asking the input gate: i * g
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step gates_added_to_the_cell
# hint: gates multiply: f * c + i * g, not a sum of gates and values
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i + g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step no_tanh_on_the_way_out
# hint: the cell is shown without tanh: h' = o * tanh(c')
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * c_new
    return h_new, c_new


# %% lstm_step output_from_the_old_cell
# hint: h' shows the old cell; it shows the new one, o * tanh(c')
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c)
    return h_new, c_new


# %% lstm_step output_gate_left_out
# hint: the output gate has no effect: h' = o * tanh(c')
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step output_gate_inside_tanh
# hint: o is inside tanh here; it is multiplied by tanh(c')
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = torch.tanh(o * c_new)
    return h_new, c_new


# %% lstm_step sigmoid_for_the_news
# hint: g has a sigmoid, so the cell can only grow; g is a tanh
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step tanh_for_the_output_gate
# hint: o has a tanh; all three gates are sigmoids
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.tanh(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step gates_without_sigmoid
# hint: the gates are not between 0 and 1: i, f and o need a sigmoid
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = i, f, torch.tanh(g), o
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step news_without_tanh
# hint: g is not squashed: g = tanh(...)
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), g, torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step relu_on_the_way_out
# hint: the cell is shown through a ReLU; it is tanh(c')
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.relu(c_new)
    return h_new, c_new


# %% lstm_step cell_squashed_for_good
# hint: tanh is put into the cell itself; only what is shown goes through tanh, c' stays linear
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = torch.tanh(f * c + i * g)
    h_new = o * c_new
    return h_new, c_new


# %% lstm_step bias_hh_left_out
# hint: bias_hh is never added; both biases count
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step bias_ih_left_out
# hint: bias_ih is never added; both biases count
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step bias_ih_twice
# hint: bias_ih is added twice, bias_hh never
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_ih
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step bias_hh_twice
# hint: bias_hh is added twice, bias_ih never
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_hh + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step forget_bias_added
# hint: 1 is added to the forget gate; a forget bias is a matter of the start, not of the step
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f + 1), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step peephole
# hint: the gates look at the cell; in this LSTM they see x and h only
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f + c), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step cell_read_for_h
# hint: the matrices are multiplied by c; they are multiplied by h, what was shown
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + c @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step state_not_read
# hint: the old h has no effect: weight_hh is multiplied by it
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + torch.zeros_like(h) @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step pair_the_wrong_way_round
# hint: this returns (c, h); the state is the pair (h, c)
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return c_new, h_new


# %% lstm_step state_unpacked_the_wrong_way_round
# hint: the state comes as (h, c); here its first part is taken for c
def lstm_step(x, state, weights):
    c, h = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step only_h_returned
# hint: only h comes out; the next step needs the cell as well: (h, c)
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new


# %% lstm_step output_and_state_returned
# hint: this returns an output beside the state; the step returns the state alone, (h, c)
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, (h_new, c_new)


# %% lstm_step axis_of_layers
# hint: both parts have a leading axis of size 1; they are (B, H)
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new.unsqueeze(0), c_new.unsqueeze(0)


# %% lstm_step row_of_a_batch_of_one_squeezed
# hint: a batch of one loses its axis; leave squeeze() out
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new.squeeze(), c_new.squeeze()


# %% lstm_step cell_changed_in_place
# hint: c *= f writes into the caller's cell; make a new tensor
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c *= f
    c += i * g
    c_new = c
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step state_overwritten
# hint: copy_ writes into the caller's state; return new tensors and leave the old ones alone
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    h.copy_(h_new)
    c.copy_(c_new)
    return h, c


# %% lstm_step no_gradients
# hint: the step runs under no_grad, so nothing can be trained through it
@torch.no_grad()
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    i, f, g, o = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


# %% lstm_step state_detached
# hint: the old state is detached, so no gradient goes back in time
def lstm_step(x, state, weights):
    h, c = (part.detach() for part in state)
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step weights_without_gradients
# hint: weight.data is cut off from the weight: no gradient reaches it
def lstm_step(x, state, weights):
    h, c = state
    weight_ih, weight_hh, bias_ih, bias_hh = [weight.data for weight in weights]
    gates = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = gates.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new


# %% lstm_step cell_of_torch
# hint: this is torch's own LSTMCell; write the formulas yourself
def lstm_step(x, state, weights):
    cell = nn.LSTMCell(x.shape[1], state[0].shape[1], dtype=x.dtype)
    names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    return torch.func.functional_call(cell, dict(zip(names, weights)), (x, tuple(state)))


# %% lstm_step function_of_torch
# hint: this is torch's own lstm_cell without any gradients; write the formulas yourself
def lstm_step(x, state, weights):
    with torch.no_grad():
        return torch.lstm_cell(x, state, *weights)


# %% other_steps plain_state_without_its_tuple
# hint: rnn_step returns a bare tensor; the state is the tuple (h,), mind the comma
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return new


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps gru_state_without_its_tuple
# hint: gru_step returns a bare tensor; the state is the tuple (h,), mind the comma
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return mixed


# %% other_steps parentheses_without_a_comma
# hint: (h) is h: both return a bare tensor; a tuple of one part is (h,)
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed)


# %% other_steps output_and_state
# hint: both return two things; a step returns the state alone, (h,)
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return new, new


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return mixed, mixed


# %% other_steps plain_relu
# hint: the plain step has a ReLU; its formula says tanh
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.relu(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_sigmoid
# hint: the plain step has a sigmoid; its formula says tanh
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.sigmoid(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_without_tanh
# hint: the plain step is linear; tanh is missing
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_state_outside_tanh
# hint: only the input is inside tanh; the old state's part belongs there too
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih) + h @ weight_hh.T + bias_hh
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_residual
# hint: the old state is added to the new one; the plain step rewrites it
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (h + new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_forgets_at_once
# hint: the plain step never reads its state: weight_hh is multiplied by h
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + bias_hh) + 0 * h
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_one_bias
# hint: the plain step leaves bias_hh out; both biases count
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_in_place
# hint: rnn_step writes into the caller's state; return a new tensor
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    h.copy_(new)
    return (h,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_detached
# hint: rnn_step detaches the old state, so no gradient goes back in time
def rnn_step(x, state, weights):
    h = state[0].detach()
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps plain_by_torch
# hint: rnn_step calls torch's own cell; write the formula yourself
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.rnn_tanh_cell(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps z_keeps_the_new
# hint: z and 1 - z are swapped; in torch's GRU z keeps the old state
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = z * n + (1 - z) * h
    return (mixed,)


# %% other_steps reset_before_the_product
# hint: r is multiplied by h before the product, as in the paper; here it acts on W_hn h + b_hn
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    size = h.shape[1]
    n = torch.tanh(x_n + (r * h) @ weight_hh[2 * size :].T + bias_hh[2 * size :])
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps bias_outside_the_reset
# hint: b_hn is added outside of r; r acts on it too: r * (W_hn h + b_hn)
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    size = h.shape[1]
    n = torch.tanh(x_n + bias_hh[2 * size :] + r * (h @ weight_hh[2 * size :].T))
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps rows_z_r_n
# hint: the first third is taken for z; torch's rows are r, z, n
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_z, x_r, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_z, h_r, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps rows_n_first
# hint: the first third is taken for n; torch's rows are r, z, n
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_n, x_r, x_z = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_n, h_r, h_z = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps rows_differ_by_kind
# hint: the rows of x are r, z, n, but those of h are read as z, r, n
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_z, h_r, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps reset_on_everything
# hint: r multiplies the input's part as well; it acts on W_hn h + b_hn alone
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(r * (x_n + h_n))
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps reset_on_the_input
# hint: r multiplies the input's part instead of the state's
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(r * x_n + h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps reset_left_out
# hint: r has no effect; it multiplies W_hn h + b_hn
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps candidate_sigmoid
# hint: n has a sigmoid; its formula says tanh
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.sigmoid(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps candidate_relu
# hint: n has a ReLU; its formula says tanh
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.relu(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps gates_tanh
# hint: r and z have a tanh; gates are sigmoids
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.tanh(x_r + h_r)
    z = torch.tanh(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps old_state_added_whole
# hint: the old state is added whole; it is multiplied by z
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + h
    return (mixed,)


# %% other_steps candidate_added_whole
# hint: n is added whole; it is multiplied by 1 - z
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = n + z * h
    return (mixed,)


# %% other_steps tanh_of_the_mixture
# hint: the mixture goes through another tanh; h' is the mixture itself
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (torch.tanh(mixed),)


# %% other_steps gru_one_bias
# hint: gru_step leaves bias_hh out; both biases count
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps gru_first_bias_left_out
# hint: gru_step leaves bias_ih out; both biases count
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps gru_in_place
# hint: gru_step writes into the caller's state; return a new tensor
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    h *= z
    h += (1 - z) * n
    mixed = h
    return (mixed,)


# %% other_steps gru_detached
# hint: gru_step detaches the old state where it is mixed, so little gradient goes back in time
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h.detach()
    return (mixed,)


# %% other_steps gru_by_torch
# hint: gru_step calls torch's own cell; write the formulas yourself
def rnn_step(x, state, weights):
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    return (torch.tanh(F.linear(x, weight_ih, bias_ih) + F.linear(state[0], weight_hh, bias_hh)),)


def gru_step(x, state, weights):
    return (torch.gru_cell(x, state[0], *weights),)


# %% other_steps gates_interleaved
# hint: every third row is taken for a gate; the rows of a gate are H in a block
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new,)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).reshape(len(x), -1, 3).unbind(2)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).reshape(len(x), -1, 3).unbind(2)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed,)


# %% other_steps squeezed
# hint: a batch of one loses its axis; leave squeeze() out
def rnn_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    new = torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    return (new.squeeze(),)


def gru_step(x, state, weights):
    (h,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    mixed = (1 - z) * n + z * h
    return (mixed.squeeze(),)


# %% other_steps only_the_plain_one
# hint: gru_step does what rnn_step does; it has gates
def rnn_step(x, state, weights):
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    return (torch.tanh(F.linear(x, weight_ih, bias_ih) + F.linear(state[0], weight_hh, bias_hh)),)


def gru_step(x, state, weights):
    return rnn_step(x, state, [weight[: state[0].shape[1]] for weight in weights])


# %% recurrent state_not_handed_on
# hint: every step starts from hidden again; the state of a step goes into the next one
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                start = tuple(part[layer] for part in hidden)
                states[layer] = self.cell.step(inputs, start, self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent only_the_first_part_handed_on
# hint: only the first part of the state is handed on; all parts go into the next step
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                old = (states[layer][0], *(torch.zeros_like(part) for part in states[layer][1:]))
                states[layer] = self.cell.step(inputs, old, self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent all_layers_read_x
# hint: every layer reads x; layer l > 0 reads the first part of the state of layer l - 1
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
            outs.append(states[-1][0])
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent all_layers_of_input_size
# hint: weight_ih has D columns in every layer; above layer 0 it reads H numbers
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent first_layer_of_hidden_size
# hint: weight_ih_l0 has H columns; layer 0 reads the inputs, D numbers
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent upper_layers_read_the_step_before
# hint: layer l reads what layer l - 1 showed one step earlier; it reads the same time step
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                before = states[layer][0]
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = before if layer + 1 < self.num_layers else states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent upper_layers_read_the_last_part
# hint: a layer reads the last part of the state below; it reads the first part, and so does out
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][-1]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent out_of_the_last_part
# hint: out shows the last part of the state; it is the first part of the top layer
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(states[-1][-1])
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent out_of_the_first_layer
# hint: out is what layer 0 shows; it is what the top layer shows
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(states[0][0])
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent out_of_all_layers
# hint: out has all layers side by side; it is what the top layer shows, (B, T, H)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(torch.cat([state[0] for state in states], dim=1))
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent one_state_for_all_layers
# hint: all layers write into one state; each layer has its own
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[0] = self.cell.step(inputs, states[0], self.weights(layer))
                inputs = states[0][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*[states[0]] * self.num_layers))
        return out, last


# %% recurrent weights_of_the_top_layer_everywhere
# hint: all layers above the first share the weights of the top one; each has its own
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer and self.num_layers - 1))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent weights_of_layer_0_everywhere
# hint: all layers use the weights of layer 0; each has its own
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(0))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent biases_swapped
# hint: the step gets bias_hh before bias_ih; the order is weight_ih, weight_hh, bias_ih, bias_hh
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_hh", "bias_ih"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent hidden_ignored
# hint: a given hidden is never used; zeros are for None only
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if True:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent hidden_of_layer_0_for_all
# hint: all layers start from hidden of layer 0; layer l starts from hidden[part][l]
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[0] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent hidden_of_the_layers_reversed
# hint: hidden comes out with the top layer first; layer 0 is first
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states[::-1]))
        return out, last


# %% recurrent hidden_of_the_top_layer_only
# hint: hidden has the top layer only; it holds all layers, (L, B, H)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts[-1:]) for parts in zip(*states))
        return out, last


# %% recurrent hidden_batch_first
# hint: hidden is (B, L, H); its layers come first: (L, B, H)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts, dim=1) for parts in zip(*states))
        return out, last


# %% recurrent hidden_by_layers
# hint: hidden is a list of states by layer; it is a tuple of parts, each (L, B, H)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        return out, states


# %% recurrent hidden_without_its_tuple
# hint: with one part hidden is a bare tensor; it is a tuple in any case
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last if len(last) > 1 else last[0]


# %% recurrent only_the_first_part_returned
# hint: only the first part of the state comes out; hidden has cell.parts parts
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last[:1]


# %% recurrent hidden_is_the_start
# hint: hidden comes out as it came in; it is the states after the last step
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, hidden


# %% recurrent only_out
# hint: only out is returned; forward returns (out, hidden)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out


# %% recurrent only_the_last_output
# hint: out is the last step only; it is (B, T, H), one row for every step
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = outs[-1]
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent time_first
# hint: out is (T, B, H); the batch comes first
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent batch_taken_for_time
# hint: the loop runs over the batch; time is the second axis of x
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[1], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[0]):
            inputs = x[t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent state_before_the_step
# hint: out is shifted: row t shows the state before step t; it shows the one after it
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            outs.append(states[-1][0])
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent last_step_left_out
# hint: the last step is never taken; the loop has T steps
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(max(1, x.shape[1] - 1)):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent from_the_end_to_the_start
# hint: time runs backwards; start at x[:, 0]
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in reversed(range(x.shape[1])):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent outputs_in_a_list
# hint: out is a list of T tensors; stack them to (B, T, H)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return outs, last


# %% recurrent residual
# hint: what a layer reads is added to what it shows; nothing is added between layers
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0] + (inputs if layer else 0)
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent start_of_ones
# hint: without hidden the states start at 1; they start at 0
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.ones(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent random_start
# hint: without hidden the states start at random; they start at 0
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.randn(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent zeros_in_float32
# hint: the zeros are float32 whatever x is; make them with the dtype and device of x
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent float32_at_the_end
# hint: out is turned to float32; leave it as it is
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out.float(), last


# %% recurrent four_gates_in_any_case
# hint: there are four stacked matrices in any case; cell.gates says how many
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = 4 * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent rows_without_gates
# hint: there is one matrix of each kind; cell.gates of them are stacked
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent two_parts_in_any_case
# hint: a state has two parts in any case; cell.parts says how many
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(2))
        states = [tuple(part[layer] for part in (hidden * 2)[:2]) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent names_without_l
# hint: the parameters are called weight_ih_0; torch's name is weight_ih_l0
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent layers_counted_from_one
# hint: the first layer is called l1; torch's is l0
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer + 1}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer + 1}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent parameters_in_a_list
# hint: a ParameterList has names of its own; register each parameter under torch's name
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        self.parameters_of = nn.ParameterList()
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.parameters_of.append(nn.Parameter(values))

    def weights(self, layer):
        return tuple(self.parameters_of[4 * layer : 4 * layer + 4])

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent no_parameters
# hint: plain tensors are no parameters: no optimizer would find them
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                setattr(self, f"{name}_l{layer}", values.requires_grad_())

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent one_bias
# hint: there is one bias per layer; torch has two, bias_ih and bias_hh
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names[:3]) + (0 * getattr(self, f"bias_ih_l{layer}"),)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent matrices_transposed
# hint: weight_ih is (D, gates * H); torch's is (gates * H, D), and weight_hh likewise
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (size, rows), "weight_hh": (hidden_size, rows), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        found = [getattr(self, f"{name}_l{layer}") for name in names]
        return found[0].T, found[1].T, found[2], found[3]

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent two_layers_by_default
# hint: there are two layers if nobody says so; the default is one
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=2):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent one_layer_in_any_case
# hint: num_layers has no effect: there is one layer in any case
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers = 1
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent positive_start
# hint: no weight is negative, as with torch.rand; draw uniformly between -1/sqrt(H) and 1/sqrt(H)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.rand(shape) * bound
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent normal_start
# hint: the start is normal, and so goes beyond 1/sqrt(H); it is uniform
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.randn(shape) * bound
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent start_too_large
# hint: the start is uniform between -1 and 1; the bound is 1/sqrt(H)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent start_too_small
# hint: the bound of the start is 1/H; it is 1/sqrt(H)
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / hidden_size
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent start_of_zeros
# hint: all weights start at 0, so all units do the same for ever; draw them at random
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.zeros(shape)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent detached_between_steps
# hint: the state is detached after every step, so no gradient goes back in time
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
                states[layer] = tuple(part.detach() for part in states[layer])
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent hidden_detached_on_return
# hint: hidden comes out detached; gradients must reach the weights through it as well
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, tuple(part.detach() for part in last)


# %% recurrent given_hidden_detached
# hint: a given hidden is detached; gradients must reach it
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer].detach() for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent state_kept_in_the_module
# hint: the module keeps its state, so a second call goes on from the first; None stands for zeros
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            hidden = getattr(self, "kept", None)
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        self.kept = tuple(part.detach() for part in last)
        return out, last


# %% recurrent hidden_changed_in_place
# hint: the last states are written into the caller's hidden; stack them to new tensors
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        with torch.no_grad():
            for part, new in zip(hidden, last):
                part.copy_(new)
        return out, last


# %% recurrent squeezed
# hint: a batch of one loses its axis; leave squeeze() out
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = self.cell.step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out.squeeze(0), last


# %% recurrent cell_by_name
# hint: the module calls one of your own steps; it is told which by cell.step
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell = cell
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        rows = cell.gates * hidden_size
        bound = 1 / math.sqrt(hidden_size)
        for layer in range(num_layers):
            size = input_size if layer == 0 else hidden_size
            shapes = {"weight_ih": (rows, size), "weight_hh": (rows, hidden_size), "bias_ih": (rows,), "bias_hh": (rows,)}
            for name, shape in shapes.items():
                values = torch.empty(shape).uniform_(-bound, bound)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(values))

    def weights(self, layer):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return tuple(getattr(self, f"{name}_l{layer}") for name in names)

    def forward(self, x, hidden=None):
        if hidden is None:
            zeros = torch.zeros(self.num_layers, x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
            hidden = tuple(zeros for _ in range(self.cell.parts))
        states = [tuple(part[layer] for part in hidden) for layer in range(self.num_layers)]
        outs = []
        for t in range(x.shape[1]):
            inputs = x[:, t]
            for layer in range(self.num_layers):
                states[layer] = lstm_step(inputs, states[layer], self.weights(layer))
                inputs = states[layer][0]
            outs.append(inputs)
        out = torch.stack(outs, dim=1)
        last = tuple(torch.stack(parts) for parts in zip(*states))
        return out, last


# %% recurrent all_layers_after_each_other_from_one_state
# hint: each layer starts from the last state of the layer below; it starts from its own hidden
class Recurrent(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell, self.hidden_size, self.num_layers = cell, hidden_size, num_layers
        rows = cell.gates * hidden_size
        for layer in range(num_layers):
            for name, shape in {
                "weight_ih": (rows, hidden_size if layer else input_size),
                "weight_hh": (rows, hidden_size),
                "bias_ih": (rows,),
                "bias_hh": (rows,),
            }.items():
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(torch.empty(shape)))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -1 / math.sqrt(hidden_size), 1 / math.sqrt(hidden_size))

    def forward(self, x, hidden=None):
        if hidden is None:
            hidden = [x.new_zeros(self.num_layers, len(x), self.hidden_size)] * self.cell.parts
        state = tuple(part[0] for part in hidden)
        steps, last = x.unbind(1), []
        for layer in range(self.num_layers):
            weights = [getattr(self, f"{name}_l{layer}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
            outs = []
            for step in steps:
                state = self.cell.step(step, state, weights)
                outs.append(state[0])
            steps = outs
            last.append(state)
        return torch.stack(outs, 1), tuple(map(torch.stack, zip(*last)))


# %% step_by_step whole_sequence_at_once
# hint: the layer reads the whole sequence in one call; call it once per time step
def step_by_step(layer, x, hidden=None):
    return layer(x, hidden)


# %% step_by_step beginnings_read_again
# hint: every call reads the sequence from its start; hand the state on and read one step
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, last = layer(x[:, : t + 1], hidden)
        outs.append(out[:, -1:])
    return torch.cat(outs, dim=1), last


# %% step_by_step state_not_handed_on
# hint: every step starts from zeros; give the layer the hidden of the step before
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1])
        outs.append(out)
    return torch.cat(outs, dim=1), hidden


# %% step_by_step every_step_from_the_given_state
# hint: every step starts from the given hidden; it starts from that of the step before
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, last = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), last


# %% step_by_step given_state_ignored
# hint: a given hidden is never used; the first step starts from it
def step_by_step(layer, x, hidden=None):
    outs, hidden = [], None
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), hidden


# %% step_by_step time_axis_dropped
# hint: x[:, t] is (B, D), which torch takes for one sequence of B steps; keep the axis: x[:, t : t + 1]
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t], hidden)
        outs.append(out)
    return torch.stack(outs, dim=1), hidden


# %% step_by_step pieces_stacked
# hint: out is (B, T, 1, H); the pieces already have a time axis, so concatenate them
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.stack(outs, dim=1), hidden


# %% step_by_step pieces_below_each_other
# hint: the pieces are joined along the batch; time is axis 1
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs), hidden


# %% step_by_step pieces_in_a_list
# hint: out is a list of pieces; join them to one tensor (B, T, H)
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return outs, hidden


# %% step_by_step only_the_last_piece
# hint: out is the last step only; it is (B, T, H)
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return out, hidden


# %% step_by_step sequences_one_by_one
# hint: the loop runs over the batch, and the layer reads whole sequences; walk over time
def step_by_step(layer, x, hidden=None):
    outs, lasts = [], []
    for row in range(len(x)):
        if hidden is None:
            start = None
        elif isinstance(hidden, tuple):
            start = tuple(part[:, row : row + 1].contiguous() for part in hidden)
        else:
            start = hidden[:, row : row + 1].contiguous()
        out, last = layer(x[row : row + 1], start)
        outs.append(out)
        lasts.append(last)
    if isinstance(lasts[0], tuple):
        return torch.cat(outs), tuple(torch.cat(parts, dim=1) for parts in zip(*lasts))
    return torch.cat(outs), torch.cat(lasts, dim=1)


# %% step_by_step every_sequence_and_step_alone
# hint: the layer is called for each sequence by itself; a call reads one step of the whole batch
def step_by_step(layer, x, hidden=None):
    outs, lasts = [], []
    for row in range(len(x)):
        state = None
        if hidden is not None:
            cut = lambda part: part[:, row : row + 1].contiguous()
            state = tuple(map(cut, hidden)) if isinstance(hidden, tuple) else cut(hidden)
        pieces = []
        for t in range(x.shape[1]):
            out, state = layer(x[row : row + 1, t : t + 1], state)
            pieces.append(out)
        outs.append(torch.cat(pieces, dim=1))
        lasts.append(state)
    if isinstance(lasts[0], tuple):
        return torch.cat(outs), tuple(torch.cat(parts, dim=1) for parts in zip(*lasts))
    return torch.cat(outs), torch.cat(lasts, dim=1)


# %% step_by_step pieces_of_two_steps
# hint: the layer reads two steps at a time; a call reads one
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(0, x.shape[1], 2):
        out, hidden = layer(x[:, t : t + 2], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), hidden


# %% step_by_step last_step_left_out
# hint: the last step is never read; there are T calls
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(max(1, x.shape[1] - 1)):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), hidden


# %% step_by_step from_the_end_to_the_start
# hint: time runs backwards; start with x[:, :1]
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in reversed(range(x.shape[1])):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), hidden


# %% step_by_step cell_of_the_lstm_forgotten
# hint: of an LSTM's pair only h is handed on, the cell is zeroed; hand the pair on as it is
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
        if isinstance(hidden, tuple) and t + 1 < x.shape[1]:
            hidden = (hidden[0], torch.zeros_like(hidden[1]))
    return torch.cat(outs, dim=1), hidden


# %% step_by_step only_h_of_the_lstm_returned
# hint: of an LSTM only h comes out; its hidden is the pair (h, c)
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), hidden[0] if isinstance(hidden, tuple) else hidden


# %% step_by_step hidden_always_a_pair
# hint: h, c = hidden holds for an LSTM only; hand hidden on as it is, whatever it is
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, (h, c) = layer(x[:, t : t + 1], hidden)
        hidden = (h, c)
        outs.append(out)
    return torch.cat(outs, dim=1), hidden


# %% step_by_step hidden_in_a_tuple
# hint: hidden comes out in a tuple of one; return it as the layer gives it
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), hidden if isinstance(hidden, tuple) else (hidden,)


# %% step_by_step hidden_of_the_first_step
# hint: hidden is that of the first step; it is that of the last one
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
        first = hidden if t == 0 else first
    return torch.cat(outs, dim=1), first


# %% step_by_step all_hiddens_returned
# hint: hidden is a list of the states of all steps; only the last one is returned
def step_by_step(layer, x, hidden=None):
    outs, hiddens = [], []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
        hiddens.append(hidden)
    return torch.cat(outs, dim=1), hiddens


# %% step_by_step top_layer_only
# hint: hidden has lost its axis of layers; return what the last call gave
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), tuple(part[-1] for part in hidden) if isinstance(hidden, tuple) else hidden[-1]


# %% step_by_step only_out
# hint: only out is returned; return (out, hidden)
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1)


# %% step_by_step detached_between_steps
# hint: the state is detached between the steps, so gradients reach one step only
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
    return torch.cat(outs, dim=1), hidden


# %% step_by_step no_gradients
# hint: all runs under no_grad; gradients must reach x and hidden
@torch.no_grad()
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1), hidden


# %% step_by_step last_layer_for_out
# hint: out is taken from layer 0; it is what the top layer shows
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append((hidden[0] if isinstance(hidden, tuple) else hidden)[0].unsqueeze(1))
    return torch.cat(outs, dim=1), hidden


# %% step_by_step squeezed
# hint: axes of size 1 are squeezed away; out is (B, T, H) for any B and T
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
    return torch.cat(outs, dim=1).squeeze(), hidden


# %% step_by_step inputs_erased
# hint: the steps that were read are set to 0 in the caller's x; leave it as it is
def step_by_step(layer, x, hidden=None):
    outs = []
    for t in range(x.shape[1]):
        out, hidden = layer(x[:, t : t + 1], hidden)
        outs.append(out)
        with torch.no_grad():
            x[:, t] = 0
    return torch.cat(outs, dim=1), hidden


# %% final_states first_layer
# hint: this is the lowest layer; the top one is hidden[-1]
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[-2], hidden[-1]], dim=1)
    return hidden[0]


# %% final_states first_layer_of_both_directions
# hint: hidden[0] and hidden[1] are the lowest layer; the top one is hidden[-2] and hidden[-1]
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[0], hidden[1]], dim=1)
    return hidden[-1]


# %% final_states lowest_layer_in_any_case
# hint: both cases take the lowest layer; the top layer is the last one
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[0], hidden[1]], dim=1)
    return hidden[0]


# %% final_states only_the_backward_half
# hint: hidden[-1] is the backward half alone; hidden[-2] is the forward half
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return hidden[-1]
    return hidden[-1]


# %% final_states only_the_forward_half
# hint: hidden[-2] is the forward half alone; hidden[-1] is the backward half
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return hidden[-2]
    return hidden[-1]


# %% final_states backward_first
# hint: the backward half comes first here; the forward half does
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[-1], hidden[-2]], dim=1)
    return hidden[-1]


# %% final_states halves_along_the_batch
# hint: the halves are joined along the batch, (2B, H); join them along the last axis
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[-2], hidden[-1]], dim=0)
    return hidden[-1]


# %% final_states halves_stacked
# hint: the halves are stacked, (2, B, H); concatenate them to (B, 2H)
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.stack([hidden[-2], hidden[-1]])
    return hidden[-1]


# %% final_states halves_stacked_by_row
# hint: the halves are (B, 2, H); concatenate them to (B, 2H)
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.stack([hidden[-2], hidden[-1]], dim=1)
    return hidden[-1]


# %% final_states view_mixes_the_batch
# hint: view to (B, 2H) mixes the sequences: a row gets two of one direction; concatenate the halves
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return hidden[-2:].reshape(hidden.shape[1], -1)
    return hidden[-1]


# %% final_states halves_interleaved
# hint: forward and backward numbers alternate; the whole forward half comes first
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.stack([hidden[-2], hidden[-1]], dim=2).flatten(1)
    return hidden[-1]


# %% final_states all_layers
# hint: all layers are in the vector; it takes the top layer only
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return hidden.transpose(0, 1).flatten(1)
    return hidden[-1]


# %% final_states all_layers_for_one_direction
# hint: with one direction all layers are in the vector; it takes the top layer only
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[-2], hidden[-1]], dim=1)
    return hidden.transpose(0, 1).flatten(1)


# %% final_states halves_added
# hint: the halves are added; both are kept, side by side: (B, 2H)
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return hidden[-2] + hidden[-1]
    return hidden[-1]


# %% final_states halves_averaged
# hint: the halves are averaged; both are kept, side by side: (B, 2H)
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return (hidden[-2] + hidden[-1]) / 2
    return hidden[-1]


# %% final_states mean_over_layers
# hint: this is the mean over the layers; take the top one
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[-2], hidden[-1]], dim=1)
    return hidden.mean(dim=0)


# %% final_states forward_half_of_the_lowest_layer
# hint: the forward half is from the lowest layer; both halves are from the top one
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[0], hidden[-1]], dim=1)
    return hidden[-1]


# %% final_states all_forward_before_all_backward
# hint: hidden is not sorted by direction: it is forward 0, backward 0, forward 1, backward 1
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[len(hidden) // 2 - 1], hidden[-1]], dim=1)
    return hidden[-1]


# %% final_states axis_of_layers_kept
# hint: the axis of layers is still there, (1, B, H); index with -1 drops it
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[-2], hidden[-1]], dim=1)
    return hidden[-1:]


# %% final_states always_two_directions
# hint: bidirectional has no effect: two halves come out in any case
def final_states(hidden, bidirectional=False):
    return torch.cat([hidden[-2], hidden[-1]], dim=1)


# %% final_states directions_guessed_from_the_layers
# hint: an even number of layers is taken for two directions; bidirectional tells
def final_states(hidden, bidirectional=False):
    if len(hidden) % 2 == 0:
        return torch.cat([hidden[-2], hidden[-1]], dim=1)
    return hidden[-1]


# %% final_states two_directions_by_default
# hint: two directions are the default; the default is bidirectional=False
def final_states(hidden, bidirectional=True):
    if bidirectional:
        return torch.cat([hidden[-2], hidden[-1]], dim=1)
    return hidden[-1]


# %% final_states batch_read_for_layers
# hint: hidden[:, -1] is the last sequence of the batch; layers are the first axis
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[:, -2], hidden[:, -1]], dim=1)
    return hidden[:, -1]


# %% final_states squeezed
# hint: a batch of one loses its axis; leave squeeze() out
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[-2], hidden[-1]], dim=1).squeeze()
    return hidden[-1]


# %% final_states detached
# hint: the result is detached; the layer is trained through it
def final_states(hidden, bidirectional=False):
    if bidirectional:
        return torch.cat([hidden[-2], hidden[-1]], dim=1).detach()
    return hidden[-1].detach()


# %% final_states hidden_changed
# hint: the result is written into hidden; leave it as it is
def final_states(hidden, bidirectional=False):
    if bidirectional:
        with torch.no_grad():
            hidden[:-2] = 0
        return torch.cat([hidden[-2], hidden[-1]], dim=1)
    return hidden[-1]


# %% keras_start by_names_of_the_attributes
# hint: layers are found by their names, lstm and fc; they may be called anything, so ask for the type
def keras_start(model):
    for name, p in model.named_parameters():
        if "lstm" in name:
            if "weight_ih" in name:
                nn.init.xavier_uniform_(p.data)
            elif "weight_hh" in name:
                nn.init.orthogonal_(p.data)
            elif "bias_ih" in name:
                p.data.fill_(0)
                n = p.size(0)
                p.data[(n // 4) : (n // 2)].fill_(1)
            elif "bias_hh" in name:
                p.data.fill_(0)
        elif "fc" in name:
            if "weight" in name:
                nn.init.xavier_uniform_(p.data)
            elif "bias" in name:
                p.data.fill_(0)


# %% keras_start by_names_of_the_parameters
# hint: parameters are found by name, which meets GRUs, norms and embeddings too; ask for the type of the layer
def keras_start(model):
    for name, p in model.named_parameters():
        if "weight_hh" in name:
            nn.init.orthogonal_(p.data)
        elif "weight" in name and p.dim() == 2:
            nn.init.xavier_uniform_(p.data)
        elif "bias" in name:
            p.data.fill_(0)
            if "bias_ih" in name:
                n = p.size(0)
                p.data[n // 4 : n // 2].fill_(1)


# %% keras_start forget_bias_in_both
# hint: both biases have a forget part of 1, so the gate starts at 2; bias_hh is 0
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start half_a_forget_bias_in_both
# hint: each bias has a forget part of 1/2; it is 1 in bias_ih and 0 in bias_hh
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(0.5)
                elif "bias_hh" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(0.5)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start forget_bias_in_bias_hh
# hint: the forget part of 1 is in bias_hh; it belongs in bias_ih
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_xx" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                else:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start forget_bias_missing
# hint: the forget part is 0; it is 1, and that is the point
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start forget_part_first
# hint: the first quarter is set to 1, which is the input gate; the forget gate is the second
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[: n // 4].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start forget_part_third
# hint: the third quarter is set to 1, which is g; the forget gate is the second
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 2 : 3 * n // 4].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start forget_part_last
# hint: the last quarter is set to 1, which is the output gate; the forget gate is the second
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[3 * n // 4 :].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start forget_part_half
# hint: the first half is set to 1, input gate and all; the forget gate is the second quarter
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[: n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start all_biases_one
# hint: all of bias_ih is 1; only its second quarter is
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[:].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start forget_bias_two
# hint: the forget part is 2; it is 1
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(2)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start other_parts_as_they_were
# hint: the other three quarters of bias_ih keep torch's random start; they are 0
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start bias_hh_as_it_was
# hint: bias_hh keeps torch's random start; it is 0
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    pass
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start first_layer_only
# hint: only layer 0 is started; an LSTM may have more
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "_l0" not in name:
                    continue
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start forward_direction_only
# hint: only the forward direction is started; the parameters that end in _reverse count too
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if name.endswith("_reverse"):
                    continue
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start one_layer_by_attributes
# hint: only weight_ih_l0 and its like are started; walk over all parameters of the LSTM
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            nn.init.xavier_uniform_(module.weight_ih_l0)
            nn.init.orthogonal_(module.weight_hh_l0)
            if module.bias:
                nn.init.zeros_(module.bias_ih_l0)
                nn.init.zeros_(module.bias_hh_l0)
                H = module.hidden_size
                module.bias_ih_l0.data[H : 2 * H] = 1
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)


# %% keras_start children_only
# hint: children() are one level deep; modules() reaches all layers and the model itself
def keras_start(model):
    for module in model.children():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start not_the_model_itself
# hint: a model that is itself an LSTM or a linear layer is left out
def keras_start(model):
    for module in model.modules():
        if module is model:
            continue
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start xavier_normal
# hint: the normal Xavier start goes beyond the bound; take the uniform one
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_normal_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_normal_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start xavier_gate_by_gate
# hint: each gate's quarter of weight_ih is drawn by itself, which makes it larger; take (4H, n) as a whole
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    for part in p.data.chunk(4):
                        nn.init.xavier_uniform_(part)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start orthogonal_gate_by_gate
# hint: each gate's square is orthogonal by itself, so the columns have length 2; take (4H, H) as a whole
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    [nn.init.orthogonal_(part) for part in p.data.chunk(4)]
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start orthogonal_with_a_gain
# hint: the columns of weight_hh are longer than 1; the gain is 1
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data, gain=nn.init.calculate_gain("tanh"))
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start xavier_with_a_gain
# hint: weight_ih is larger than Xavier's bound; the gain is 1
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data, gain=nn.init.calculate_gain("tanh"))
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start xavier_for_weight_hh
# hint: weight_hh is Xavier uniform; it is orthogonal
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start orthogonal_for_weight_ih
# hint: weight_ih is orthogonal; it is Xavier uniform
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.orthogonal_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start ih_and_hh_swapped
# hint: weight_ih is orthogonal and weight_hh Xavier; it is the other way round
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_h_" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_ih" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start identity_for_weight_hh
# hint: weight_hh is an identity above zeros; it is orthogonal and random
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.eye_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start start_of_torch_again
# hint: this is torch's own start, uniform in 1/sqrt(H); the matrices follow Xavier and are orthogonal
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.uniform_(p.data, -(module.hidden_size**-0.5), module.hidden_size**-0.5)
                elif "weight_hh" in name:
                    nn.init.uniform_(p.data, -(module.hidden_size**-0.5), module.hidden_size**-0.5)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start linear_left_out
# hint: the linear layers keep torch's start; they are Xavier uniform with biases of 0
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)


# %% keras_start bias_of_linear_left_out
# hint: the biases of the linear layers keep torch's start; they are 0
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)


# %% keras_start linear_kaiming
# hint: the linear weights follow He (Kaiming); they follow Xavier
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.kaiming_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start bias_of_linear_one
# hint: the biases of the linear layers are 1; they are 0
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(1)


# %% keras_start lstm_left_out
# hint: the LSTMs keep torch's start
def keras_start(model):
    for module in model.modules():
        if type(module).__name__ == "lstm":
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start bias_expected
# hint: a linear layer with bias=False has None there; ask before you fill
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            module.bias.data.fill_(0)


# %% keras_start all_recurrent_layers
# hint: other recurrent layers are started as well; only nn.LSTM and nn.Linear are
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.RNNBase):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start norms_reset
# hint: norms are reset as well; only nn.LSTM and nn.Linear are started
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.LayerNorm):
            module.reset_parameters()
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start embeddings_too
# hint: embeddings are started as well; only nn.LSTM and nn.Linear are
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Embedding):
            nn.init.xavier_uniform_(module.weight.data)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start a_copy_is_started
# hint: a copy is started and returned, the model stays as it was; work in place
def keras_start(model):
    import copy

    model = copy.deepcopy(model)
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)
    return model


# %% keras_start new_parameters
# hint: the parameters are replaced by new ones, which no optimizer knows; fill the old ones in place
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            module.weight = nn.Parameter(nn.init.xavier_uniform_(torch.empty_like(module.weight)))
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start frozen
# hint: the parameters no longer require gradients; they must stay trainable
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)
    for p in model.parameters():
        p.requires_grad = False


# %% keras_start seed_before_each_matrix
# hint: the seed is set before each matrix, so matrices of one shape are equal; draw them anew
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                torch.manual_seed(0)
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% keras_start without_no_grad
# hint: a parameter that requires gradients cannot be written by index; use nn.init or no_grad
def keras_start(model):
    for module in model.modules():
        if isinstance(module, nn.LSTM):
            for name, p in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p.data)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(p.data)
                elif "bias_ih" in name:
                    p.data.fill_(0)
                    n = p.size(0)
                    p[n // 4 : n // 2] = 1
                elif "bias_hh" in name:
                    p.data.fill_(0)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight.data)
            if module.bias is not None:
                module.bias.data.fill_(0)


# %% deep_lstm nothing_returned
# hint: forward has no return, so it gives None
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))


# %% deep_lstm relu
# hint: there is a ReLU between fc1 and fc2; it is SELU
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.ReLU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm elu
# hint: there is an ELU between fc1 and fc2; SELU has a factor of its own
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.ELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm gelu
# hint: there is a GELU between fc1 and fc2; it is SELU
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.GELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm no_selu
# hint: nothing stands between fc1 and fc2, so they are one linear layer; SELU is missing
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.fc1(x))
        return x


# %% deep_lstm selu_at_the_end
# hint: SELU stands after fc2; it stands between fc1 and fc2
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.selu(self.fc2(self.fc1(x)))
        return x


# %% deep_lstm selu_twice
# hint: SELU stands before fc1 as well; it stands between fc1 and fc2 only
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(self.selu(x))))
        return x


# %% deep_lstm sigmoid_at_the_end
# hint: the numbers go through a sigmoid; fc2 is the last thing
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return torch.sigmoid(x)


# %% deep_lstm batch_second
# hint: batch_first is missing, so time and batch are mixed up
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm batch_second_in_the_first_layer
# hint: batch_first is missing in lstm1, which reads across the batch
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm one_direction
# hint: the layers read in one direction; they are bidirectional and give 2H numbers
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True)
        self.lstm2 = nn.LSTM(h1, h2, batch_first=True)
        self.lstm3 = nn.LSTM(h2, h3, batch_first=True)
        self.lstm4 = nn.LSTM(h3, h4, batch_first=True)
        self.fc1 = nn.Linear(h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm widths_not_doubled
# hint: a layer reads H numbers; the one before is bidirectional and gives 2H
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm one_lstm_of_four_layers
# hint: this is one LSTM of four equal layers; there are four, lstm1 to lstm4, of falling width
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        self.lstm = nn.LSTM(input_size, hidden_sizes[-1], num_layers=4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * hidden_sizes[-1], 50)
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        return self.fc2(F.selu(self.fc1(self.lstm(x)[0])))


# %% deep_lstm layers_in_a_list
# hint: the layers are in a ModuleList; they are the attributes lstm1 to lstm4
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        sizes = [input_size] + [2 * size for size in hidden_sizes]
        self.lstms = nn.ModuleList(
            nn.LSTM(before, size, batch_first=True, bidirectional=True) for before, size in zip(sizes, hidden_sizes)
        )
        self.fc1 = nn.Linear(sizes[-1], 50)
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        for lstm in self.lstms:
            x = lstm(x)[0]
        return self.fc2(F.selu(self.fc1(x)))


# %% deep_lstm sizes_ignored
# hint: hidden_sizes has no effect; the widths come from it
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = 400, 300, 200, 100
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm other_default_sizes
# hint: the default widths are others; they are (400, 300, 200, 100)
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(100, 200, 300, 400)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm head_of_another_width
# hint: fc1 has 100 outputs; it has 50
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 100)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(100, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm not_started
# hint: keras_start is never called; the layers keep torch's start
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm started_before_the_head
# hint: keras_start is called before fc1 and fc2 exist; call it last
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        keras_start(self)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm started_before_all_layers
# hint: keras_start is called before there is any layer; call it last
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        keras_start(self)
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm only_lstm1_started
# hint: only lstm1 is started; give keras_start the whole model
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self.lstm1)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm last_step_only
# hint: there is a number for the last step only; every step gets one, (B, T, 1)
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x[:, -1])))
        return x


# %% deep_lstm last_axis_dropped
# hint: the last axis is squeezed away; the result is (B, T, 1)
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x.squeeze(-1)


# %% deep_lstm mean_over_time
# hint: the steps are averaged; every step gets its own number, (B, T, 1)
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x.mean(dim=1, keepdim=True))))
        return x


# %% deep_lstm state_handed_down
# hint: each LSTM starts from a state of the one before; all start from zeros
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        hidden = None
        for lstm in (self.lstm1, self.lstm2, self.lstm3, self.lstm4):
            if hidden is not None:
                hidden = tuple(part[..., : lstm.hidden_size].contiguous() for part in hidden)
            x, hidden = lstm(x, hidden)
        return self.fc2(F.selu(self.fc1(x)))


# %% deep_lstm one_layer_skipped
# hint: lstm3 is made and never used
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        y, _ = self.lstm3(x)
        x, _ = self.lstm4(self.lstm3(x * 0)[0])
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm tanh_between_the_layers
# hint: there is a tanh between the LSTMs; nothing stands there
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(torch.tanh(x))
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm dropout
# hint: something is dropped in training; the text has no dropout
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(F.dropout(x, 0.5, self.training))))
        return x


# %% deep_lstm detached_between_layers
# hint: gradients stop between the layers; nothing is detached
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x.detach())
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% deep_lstm the_pair_goes_on
# hint: the pair that a layer returns is given to the next one; take its first part
class DeepLSTM(nn.Module):
    def __init__(self, input_size, hidden_sizes=(400, 300, 200, 100)):
        super().__init__()
        h1, h2, h3, h4 = hidden_sizes
        self.lstm1 = nn.LSTM(input_size, h1, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * h1, h2, batch_first=True, bidirectional=True)
        self.lstm3 = nn.LSTM(2 * h2, h3, batch_first=True, bidirectional=True)
        self.lstm4 = nn.LSTM(2 * h3, h4, batch_first=True, bidirectional=True)
        self.fc1 = nn.Linear(2 * h4, 50)
        self.selu = nn.SELU()
        self.fc2 = nn.Linear(50, 1)
        keras_start(self)

    def forward(self, x):
        x = self.lstm1(x)
        x, _ = self.lstm2(x)
        x, _ = self.lstm3(x)
        x, _ = self.lstm4(x)
        x = self.fc2(self.selu(self.fc1(x)))
        return x


# %% gradient_by_distance not_turned_round
# hint: entry 0 is the first input here; entry d belongs to the input of d steps before the last
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).mean(dim=0)


# %% gradient_by_distance squared_length
# hint: this is the square of the length; take its root before the mean
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return (grad**2).sum(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance length_of_the_mean
# hint: the gradients of the rows are averaged first and may cancel; take each row's length, then the mean
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.mean(dim=0).norm(dim=1).flip(0)


# %% gradient_by_distance sum_over_rows
# hint: the lengths of the rows are added up; divide by B
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).sum(dim=0).flip(0)


# %% gradient_by_distance length_of_all_rows
# hint: this is one length over rows and sizes together; each row has its own, and they are averaged
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=(0, 2)).flip(0)


# %% gradient_by_distance largest_row
# hint: this is the longest gradient among the rows, not their mean
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).amax(dim=0).flip(0)


# %% gradient_by_distance axes_swapped
# hint: the length is taken over the rows and the mean over D; it is the other way round
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=0).mean(dim=1).flip(0)


# %% gradient_by_distance mean_absolute_value
# hint: this is the mean of absolute values over D; the Euclidean length is the root of the sum of squares
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.abs().mean(dim=(0, 2)).flip(0)


# %% gradient_by_distance sum_of_absolute_values
# hint: absolute values are added up over D; the Euclidean length is the root of the sum of squares
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.abs().sum(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance root_mean_square
# hint: the squares are averaged over D; the Euclidean length adds them up
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.pow(2).mean(dim=2).sqrt().mean(dim=0).flip(0)


# %% gradient_by_distance all_outputs
# hint: the outputs of all steps are added up; only the last one counts
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out.sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance first_output
# hint: this is the gradient of the first output, which depends on the first input only; take the last
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, 0].sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance last_row
# hint: out[-1] is the last row of the batch; the last time step is out[:, -1]
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[-1].sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance mean_of_the_output
# hint: the mean of the last output makes the gradient smaller by B times H; s is the sum
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].mean(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance length_of_the_output
# hint: this is the gradient of the output's length; s is the sum of its numbers
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].norm(dim=1).sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance whole_hidden_state
# hint: the hidden state has all layers in it, and c of an LSTM; s is the sum of the last output
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    _, hidden = layer(x)
    total = sum(part.sum() for part in hidden) if isinstance(hidden, tuple) else hidden.sum()
    (grad,) = torch.autograd.grad(total, x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance by_weights
# hint: this is the gradient of the weights; ask for the one of the inputs
def gradient_by_distance(layer, x):
    out, _ = layer(x)
    grads = torch.autograd.grad(out[:, -1].sum(), list(layer.parameters()))
    return torch.stack([grad.norm() for grad in grads])


# %% gradient_by_distance relative
# hint: the curve is divided by its first entry; leave the lengths as they are
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    reach = grad.norm(dim=2).mean(dim=0).flip(0)
    return reach / reach[0]


# %% gradient_by_distance logarithms
# hint: these are logarithms; the picture has a logarithmic scale, the numbers do not
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0).log10()


# %% gradient_by_distance all_time_together
# hint: this is one number, over all time steps; every distance has its own
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=(1, 2)).mean()


# %% gradient_by_distance for_each_row
# hint: there is a curve for every row; take the mean over the rows
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).flip(1)


# %% gradient_by_distance without_distance_zero
# hint: the last input itself is missing; it is entry 0
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)[1:]


# %% gradient_by_distance x_without_gradient
# hint: no gradient is kept for the inputs, because they do not require one; require it for a copy of x
def gradient_by_distance(layer, x):
    x = x.detach().clone()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance nothing_summed
# hint: a gradient can only be taken of one number; add up the last output first
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1], x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance pair_not_unpacked
# hint: layer(x) is a pair; its first part is the outputs
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance gradients_left_in_the_layer
# hint: backward() fills the .grad of the layer's weights too; torch.autograd.grad leaves them alone
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    out[:, -1].sum().backward()
    return x.grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance gradients_of_the_layer_erased
# hint: zero_grad() also erases gradients that were there before; do not touch the layer's .grad
def gradient_by_distance(layer, x):
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    out[:, -1].sum().backward()
    layer.zero_grad()
    return x.grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance x_is_used_itself
# hint: the caller's x now requires gradients and has one; work on a detached copy
def gradient_by_distance(layer, x):
    x.requires_grad_()
    x.grad = None
    out, _ = layer(x)
    out[:, -1].sum().backward()
    return x.grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance gradients_add_up
# hint: x.grad still holds what was there before the call and the new gradient is added; work on a detached copy
def gradient_by_distance(layer, x):
    x.requires_grad_()
    out, _ = layer(x)
    out[:, -1].sum().backward()
    return x.grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance x_requires_gradients_now
# hint: the caller's x requires gradients after the call; work on a detached copy
def gradient_by_distance(layer, x):
    x.requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance x_requires_no_gradients_now
# hint: the caller's x may have required gradients, and no longer does; work on a detached copy
def gradient_by_distance(layer, x):
    x.requires_grad_()
    out, _ = layer(x)
    (grad,) = torch.autograd.grad(out[:, -1].sum(), x)
    x.requires_grad_(False)
    return grad.norm(dim=2).mean(dim=0).flip(0)


# %% gradient_by_distance weights_frozen
# hint: the layer's weights no longer require gradients after the call; leave them alone
def gradient_by_distance(layer, x):
    layer.requires_grad_(False)
    x = x.detach().clone().requires_grad_()
    out, _ = layer(x)
    out[:, -1].sum().backward()
    return x.grad.norm(dim=2).mean(dim=0).flip(0)


# %% clip_gradients each_by_itself
# hint: each gradient is shortened by itself, which turns the direction; there is one factor for all
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    for g in gradients:
        if g.norm() > max_norm:
            g *= max_norm / g.norm()
    return length


# %% clip_gradients by_value
# hint: every number is cut at max_norm, which turns the direction; shorten the whole gradient
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    for g in gradients:
        g.clamp_(-max_norm, max_norm)
    return length


# %% clip_gradients sum_of_lengths
# hint: the lengths of the gradients are added up; add their squares, and take one root at the end
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = sum(float(g.norm()) for g in gradients)
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return float(length)


# %% clip_gradients squared_length
# hint: this is the square of the length; the root is missing
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = float(sum(float((g**2).sum()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return length


# %% clip_gradients longest_gradient
# hint: this is the length of the longest gradient; all of them together are one vector
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = max([float(g.norm()) for g in gradients], default=0.0)
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return length


# %% clip_gradients largest_number
# hint: this is the largest number of the gradient; its length is the root of the sum of squares
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = max([float(g.abs().max()) for g in gradients], default=0.0)
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return length


# %% clip_gradients absolute_values
# hint: absolute values are added up; the length is the root of the sum of squares
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = float(sum(float(g.abs().sum()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return length


# %% clip_gradients mean_instead_of_sum
# hint: the squares are averaged within each gradient; add them up
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).mean()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return length


# %% clip_gradients short_ones_lengthened
# hint: a gradient that is short enough is made longer; multiply only where the length is larger than max_norm
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    if length > 0:
        for g in gradients:
            g *= max_norm / length
    return length


# %% clip_gradients length_one
# hint: the gradient is divided by its length and now 1 long; it should be max_norm long
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g /= length
    return length


# %% clip_gradients divided_by_the_limit
# hint: the gradient is divided by max_norm; multiply by max_norm and divide by the length
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g /= max_norm
    return length


# %% clip_gradients length_after
# hint: this is the length after clipping; return the one from before
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return min(length, float(max_norm))


# %% clip_gradients returns_the_factor
# hint: this is the factor; return the length from before
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    factor = min(1.0, max_norm / length) if length else 1.0
    for g in gradients:
        g *= factor
    return factor


# %% clip_gradients returns_a_tensor
# hint: this is a tensor; return a float, with .item()
def clip_gradients(parameters, max_norm):
    return torch.nn.utils.clip_grad_norm_(list(parameters), max_norm)


# %% clip_gradients returns_nothing
# hint: nothing is returned; return the length from before
def clip_gradients(parameters, max_norm):
    torch.nn.utils.clip_grad_norm_(list(parameters), max_norm)


# %% clip_gradients returns_true_or_false
# hint: this says whether it clipped; return the length from before
def clip_gradients(parameters, max_norm):
    length = torch.nn.utils.clip_grad_norm_(list(parameters), max_norm).item()
    return length > max_norm


# %% clip_gradients fails_without_gradient
# hint: a parameter may have no gradient, and None has no length; leave it out
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return length


# %% clip_gradients zeros_for_none
# hint: a parameter without gradient has one now; leave its None
def clip_gradients(parameters, max_norm):
    parameters = list(parameters)
    for p in parameters:
        if p.grad is None:
            p.grad = torch.zeros_like(p)
    length = math.sqrt(sum(float((p.grad**2).sum()) for p in parameters))
    if length > max_norm:
        for p in parameters:
            p.grad *= max_norm / length
    return length


# %% clip_gradients fails_where_there_is_none
# hint: there may be no gradient at all, and nothing to stack; the length is 0.0 then
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = torch.stack([g.norm() for g in gradients]).norm().item()
    if length > max_norm:
        for g in gradients:
            g *= max_norm / length
    return length


# %% clip_gradients divides_by_zero
# hint: the length may be 0, and cannot be divided by; compare it with max_norm first
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    factor = min(1.0, max_norm / length)
    for g in gradients:
        g *= factor
    return length


# %% clip_gradients nothing_left_for_the_second_loop
# hint: a generator is used up by the first loop, so the second one shortens nothing; make a list first
def clip_gradients(parameters, max_norm):
    length = math.sqrt(sum(float((p.grad**2).sum()) for p in parameters if p.grad is not None))
    if length > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad *= max_norm / length
    return length


# %% clip_gradients new_tensors
# hint: .grad is a new tensor now, and who holds the old one sees nothing; change it in place
def clip_gradients(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((p.grad**2).sum()) for p in parameters))
    if length > max_norm:
        for p in parameters:
            p.grad = p.grad * max_norm / length
    return length


# %% clip_gradients result_thrown_away
# hint: the gradients stay as they are: g * factor alone makes a new tensor that nobody keeps; change g in place
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g = g * max_norm / length
    return length


# %% clip_gradients weights_clipped
# hint: the weights are shortened; shorten their gradients
def clip_gradients(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((p.grad**2).sum()) for p in parameters))
    if length > max_norm:
        with torch.no_grad():
            for p in parameters:
                p *= max_norm / length
    return length


# %% clip_gradients length_of_the_weights
# hint: this is the length of the weights; that of their gradients is asked for
def clip_gradients(parameters, max_norm):
    parameters = list(parameters)
    length = math.sqrt(sum(float((p**2).sum()) for p in parameters if p.grad is not None))
    if length > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad *= max_norm / length
    return length


# %% clip_gradients step_taken
# hint: the parameters have moved; the optimizer does that, clip only the gradients
def clip_gradients(parameters, max_norm):
    parameters = list(parameters)
    length = torch.nn.utils.clip_grad_norm_(parameters, max_norm).item()
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= p.grad
    return length


# %% clip_gradients gradient_erased
# hint: a gradient that is too long becomes 0; it should become shorter and keep its direction
def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    if length > max_norm:
        for g in gradients:
            g.zero_()
    return length


# %% truncated_steps step_after_return
# hint: return stands before optimizer.step(), which never runs; return after the loop
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        losses.append(loss.item())
        return losses
        optimizer.step()


# %% truncated_steps return_inside_the_loop
# hint: return stands inside the loop, so only the first window is used; move it out
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        return losses


# %% truncated_steps step_missing
# hint: the optimizer never takes a step, so no weight moves; step after backward, in every window
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps state_not_detached
# hint: the state still hangs on the graph of the window before; detach it before you hand it on
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% truncated_steps graph_retained
# hint: retain_graph=True sends the gradient through all windows of before; detach the state instead
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward(retain_graph=True)
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% truncated_steps state_dropped
# hint: every window starts without a state; the state goes on from window to window
def truncated_steps(model, criterion, optimizer, x, y, window):
    losses = []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, None)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% truncated_steps state_always_the_first
# hint: each window gets the state after the first one; hand on the latest
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, new = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        if hidden is None:
            hidden = tuple(part.detach() for part in new) if isinstance(new, tuple) else new.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps zeros_at_the_start
# hint: the first window gets a state of zeros; it gets None, and the model makes its own start
def truncated_steps(model, criterion, optimizer, x, y, window):
    with torch.no_grad():
        start = model(x[:, :1], None)[1]
    hidden = tuple(torch.zeros_like(part) for part in start) if isinstance(start, tuple) else torch.zeros_like(start)
    losses = []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps only_h_detached
# hint: of an LSTM's pair only h is detached and c still hangs on the graph; detach both
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = (hidden[0].detach(), hidden[1]) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps tensor_only
# hint: hidden may be a tuple, which has no detach(); detach each of its tensors
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps tuple_only
# hint: hidden may be a single tensor, which is taken apart here; only a tuple has parts
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden)
        losses.append(loss.item())
    return losses


# %% truncated_steps c_forgotten
# hint: only h of an LSTM's pair is handed on; the model wants back the tuple that it gave
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = (hidden[0] if isinstance(hidden, tuple) else hidden).detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps gradients_never_forgotten
# hint: gradients of earlier windows are still there and add up; forget them in every window
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps gradients_forgotten_once
# hint: gradients are forgotten once, before the first window, and then add up; forget them in every window
def truncated_steps(model, criterion, optimizer, x, y, window):
    optimizer.zero_grad()
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps gradients_forgotten_at_the_end
# hint: what was there before the first window still counts; forget gradients before backward
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps one_step_at_the_end
# hint: there is one step after all windows; take one in each
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    optimizer.zero_grad()
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    optimizer.step()
    return losses


# %% truncated_steps one_backward_for_all
# hint: the losses are added up and sent back together, through the whole series; each window has its own step
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        predictions, hidden = model(inputs, hidden)
        losses.append(criterion(predictions, targets))
    optimizer.zero_grad()
    sum(losses).backward()
    optimizer.step()
    return [loss.item() for loss in losses]


# %% truncated_steps losses_are_tensors
# hint: these are tensors, which keep their graphs; take .item() of each loss
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss)
    return losses


# %% truncated_steps mean_of_the_losses
# hint: this is one mean; return a list with the loss of each window
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return sum(losses) / len(losses)


# %% truncated_steps only_the_last_loss
# hint: only the loss of the last window is left; make the list before the loop
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden = None
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        losses = []
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps loss_after_the_step
# hint: these losses are measured after the step; keep those from before
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, new = model(inputs, hidden)
        criterion(predictions, targets).backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(criterion(model(inputs, hidden)[0], targets).item())
        hidden = tuple(part.detach() for part in new) if isinstance(new, tuple) else new.detach()
    return losses


# %% truncated_steps state_read_anew
# hint: the model is called twice for each window, the second time for the state; one call gives both
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        loss = criterion(model(inputs, hidden)[0], targets)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            hidden = model(inputs, hidden)[1]
        losses.append(loss.item())
    return losses


# %% truncated_steps shorter_window_dropped
# hint: the last window is left out where it is shorter; it counts like the others
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for k in range(x.shape[1] // window):
        inputs, targets = x[:, k * window : (k + 1) * window], y[:, k * window : (k + 1) * window]
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps one_window_too_many
# hint: there is an empty window at the end where T is a multiple of window; the loop is one round too long
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for k in range(x.shape[1] // window + 1):
        inputs, targets = x[:, k * window : (k + 1) * window], y[:, k * window : (k + 1) * window]
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps number_of_windows
# hint: the series is cut into `window` pieces; window is the number of time steps of a piece
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.chunk(window, dim=1), y.chunk(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps overlapping_windows
# hint: the windows overlap, moved by one step each; each begins where the one before ends
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for start in range(max(x.shape[1] - window, 0) + 1):
        inputs, targets = x[:, start : start + window], y[:, start : start + window]
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps rows_instead_of_steps
# hint: the batch is cut, not time; time is dim 1
def truncated_steps(model, criterion, optimizer, x, y, window):
    losses = []
    for inputs, targets in zip(x.split(window), y.split(window)):
        optimizer.zero_grad()
        predictions, _ = model(inputs, None)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% truncated_steps backwards_in_time
# hint: the windows are taken from the end to the beginning; start with the first
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in list(zip(x.split(window, dim=1), y.split(window, dim=1)))[::-1]:
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps targets_not_cut
# hint: each window is compared with the first targets; cut y as x is cut
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs in x.split(window, dim=1):
        targets = y[:, : inputs.shape[1]]
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps arguments_swapped
# hint: the criterion takes the predictions first, then the targets
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(targets, predictions)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps own_criterion
# hint: the mean squared error is built in; use the criterion that is passed in
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = F.mse_loss(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps loss_divided_by_window
# hint: the loss is divided by the window; the criterion already gives the mean
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets) / window
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps gradient_clipped
# hint: gradients are clipped, which nobody asked for here
def truncated_steps(model, criterion, optimizer, x, y, window):
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% truncated_steps own_optimizer
# hint: a new optimizer with its own learning rate is made; use the one that is passed in
def truncated_steps(model, criterion, optimizer, x, y, window):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    hidden, losses = None, []
    for inputs, targets in zip(x.split(window, dim=1), y.split(window, dim=1)):
        optimizer.zero_grad()
        predictions, hidden = model(inputs, hidden)
        loss = criterion(predictions, targets)
        loss.backward()
        optimizer.step()
        hidden = tuple(part.detach() for part in hidden) if isinstance(hidden, tuple) else hidden.detach()
        losses.append(loss.item())
    return losses


# %% teacher_probability step_cut_off
# hint: the step is cut off here, and for a large k the teacher leaves too early; cut off the exponent, step / k
def teacher_probability(step, k):
    if step > 700:
        return 0.0
    return k / (k + math.exp(step / k))


# %% teacher_probability linear_decay
# hint: this falls along a straight line; the exercise asks for the inverse sigmoid
def teacher_probability(step, k):
    return max(0.0, k / (k + 1) - step / (10 * k))


# %% teacher_probability exponential_decay
# hint: this is the paper's exponential decay, another of its three schedules; take the inverse sigmoid
def teacher_probability(step, k):
    return (k / (k + 1)) ** (step + 1)


# %% teacher_probability plain_exponential
# hint: exp(-step / k) is 1 at the start and falls at once; k stands in front of the fraction and below it too
def teacher_probability(step, k):
    return math.exp(-step / k)


# %% teacher_probability plain_sigmoid
# hint: without k above and below the fraction line the teacher is there only half of the time in the first step
def teacher_probability(step, k):
    return 1 / (1 + math.exp(min(step / k, 500)))


# %% teacher_probability one_above_the_line
# hint: there is a 1 above the fraction line; it has to be k
def teacher_probability(step, k):
    return 1 / (k + math.exp(min(step / k, 500)))


# %% teacher_probability one_below_the_line
# hint: the sum below the fraction line is 1 + exp(...); it has to be k + exp(...)
def teacher_probability(step, k):
    return k / (1 + math.exp(min(step / k, 500)))


# %% teacher_probability overflow
# hint: the formula is right, but exp of a large number raises OverflowError; cut the exponent off before it
def teacher_probability(step, k):
    return k / (k + math.exp(step / k))


# %% teacher_probability overflow_gives_one
# hint: where the exponential is too large the probability is 0, not 1: the teacher is gone
def teacher_probability(step, k):
    try:
        return k / (k + math.exp(step / k))
    except OverflowError:
        return 1.0


# %% teacher_probability probability_of_the_own_token
# hint: this is one minus the probability: it grows, and the teacher comes instead of leaving
def teacher_probability(step, k):
    return 1 - k / (k + math.exp(min(step / k, 500)))


# %% teacher_probability minus_in_the_exponent
# hint: with a minus in the exponent the probability grows; the exponent is step / k
def teacher_probability(step, k):
    return k / (k + math.exp(-min(step / k, 500)))


# %% teacher_probability whole_division
# hint: step // k rounds down, so that the schedule has stairs; divide with /
def teacher_probability(step, k):
    return k / (k + math.exp(min(step // k, 500)))


# %% teacher_probability step_not_divided
# hint: the step is not divided by k, and the teacher is gone after a few steps
def teacher_probability(step, k):
    return k / (k + math.exp(min(step, 500)))


# %% teacher_probability steps_from_one
# hint: the first step is 0, where the exponential is 1
def teacher_probability(step, k):
    return k / (k + math.exp(min((step + 1) / k, 500)))


# %% teacher_probability exponent_cut_too_early
# hint: the exponent is cut off so early that some of the teacher stays for ever; cut at some hundreds
def teacher_probability(step, k):
    return k / (k + math.exp(min(step / k, 5)))


# %% teacher_probability never_below_a_tenth
# hint: a floor keeps the probability from falling further; the formula has none
def teacher_probability(step, k):
    return max(0.1, k / (k + math.exp(min(step / k, 500))))


# %% teacher_probability power_of_two
# hint: this doubles where the formula has the exponential; use exp
def teacher_probability(step, k):
    return k / (k + 2.0 ** min(step / k, 500))


# %% teacher_probability whole_k
# hint: int(k) rounds k down; it need not be a whole number
def teacher_probability(step, k):
    k = int(k)
    return k / (k + math.exp(min(step / k, 500)))


# %% teacher_probability tensor
# hint: this is a tensor; return a float
def teacher_probability(step, k):
    return torch.tensor(k / (k + math.exp(min(step / k, 500))))


# %% teacher_probability rounded
# hint: the probability is rounded, which nobody asked for
def teacher_probability(step, k):
    return round(k / (k + math.exp(min(step / k, 500))), 2)


# %% unroll one_coin_for_the_batch
# hint: one coin decides for all rows of the batch; each row needs a coin of its own
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = targets[:, t] if torch.rand(1).item() < probability else logits.argmax(dim=1)
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll one_coin_for_a_sequence
# hint: a row's coin is thrown once and holds for the whole sequence; throw a new one in each step
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    taught = torch.rand(len(targets)) < probability
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(taught, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll one_coin_for_everything
# hint: one coin decides for all rows and all steps, as in the seminar; throw one for each row in each step
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    use_teacher_forcing = torch.rand(1).item() < probability
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = targets[:, t] if use_teacher_forcing else logits.argmax(dim=1)
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll token_of_the_same_step
# hint: the decoder reads the very token that it is asked for, and need only copy it; feed that of the step before
def unroll(decoder, hidden, targets, probability):
    own = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        coins = torch.rand(len(targets)) < probability
        tokens = torch.where(coins, targets[:, t], own)
        logits, hidden = decoder(tokens, hidden)
        own = logits.argmax(dim=1)
        logits_list.append(logits)
        states.append(hidden)
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll coin_for_the_next_token
# hint: the true token that is fed comes one step too early; after step t it is targets[:, t]
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        true = targets[:, min(t + 1, targets.shape[1] - 1)]
        tokens = torch.where(torch.rand(len(targets)) < probability, true, logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll token_of_two_steps_ago
# hint: the true token that is fed is one step too old; after step t it is targets[:, t]
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        true = targets[:, t - 1] if t > 0 else tokens
        tokens = torch.where(torch.rand(len(targets)) < probability, true, logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll starts_with_the_first_target
# hint: the first token is BOS; the first target is what the decoder has to find
def unroll(decoder, hidden, targets, probability):
    tokens = targets[:, 0]
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll starts_with_pad
# hint: the first token is BOS, not PAD
def unroll(decoder, hidden, targets, probability):
    tokens = torch.zeros(len(targets), dtype=torch.int64)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll probabilities_swapped
# hint: with `probability` the decoder gets its own token here; it is the probability of the true one
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, logits.argmax(dim=1), targets[:, t])
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll normal_coins
# hint: the coins come from a normal distribution; torch.rand is uniform from 0 to 1
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.randn(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll probability_rounded
# hint: no coin is thrown: from one half on it is always the teacher, below never
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = targets[:, t] if probability >= 0.5 else logits.argmax(dim=1)
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll always_the_teacher
# hint: the decoder never reads its own token, whatever the probability
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = targets[:, t]
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll sampled_tokens
# hint: the decoder's own token is drawn by its probability here; it is the argmax
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        own = torch.multinomial(logits.softmax(dim=1), 1).squeeze(1)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], own)
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll argmax_over_the_batch
# hint: this argmax runs over the rows of the batch; the likeliest token of each row is over dimension 1
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        own = logits.argmax(dim=0)[torch.arange(len(targets)) % logits.shape[1]]
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], own)
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll argmin
# hint: this is the least likely token; take the argmax
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmin(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll states_before_the_step
# hint: these are the states that go into the steps; return those that come out
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        states.append(hidden)
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll time_first
# hint: time is in dimension 0 here; the batch comes first, (B, T, V)
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list), torch.stack(states)


# %% unroll reshaped_to_batch_first
# hint: view re-labels the numbers and mixes rows with steps; stack along dim=1 instead
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    shape = (*targets.shape, -1)
    return torch.stack(logits_list).view(shape), torch.stack(states).view(shape)


# %% unroll hidden_not_carried
# hint: every step starts from the encoder's state; hand the new hidden on
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, state = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(state)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll hidden_detached
# hint: detach cuts the gradient between two steps, so the encoder learns from the first token only
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        hidden = hidden.detach()
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll states_detached
# hint: the states are returned without their past; professor forcing trains through them
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden.detach())
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll no_gradients
# hint: under no_grad nothing can be trained; only the choice of the token has no gradient
@torch.no_grad()
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll one_step_too_few
# hint: the last token is never asked for; there are T steps, the first of which reads BOS
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1] - 1):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll last_state_only
# hint: this is the last state; return those of all steps, (B, T, H)
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list = []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), hidden


# %% unroll stops_at_eos
# hint: the loop ends when a true token is EOS, but other rows go on; in training all T steps are made
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
        if (targets[:, t] == EOS).any():
            break
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll probabilities_returned
# hint: these are probabilities; return the logits as they are
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits.softmax(dim=1))
        states.append(hidden)
        tokens = torch.where(torch.rand(len(targets)) < probability, targets[:, t], logits.argmax(dim=1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll float_tokens
# hint: the tokens became floats; a decoder looks them up in a table and needs int64
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), float(BOS))
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        coins = (torch.rand(len(targets)) < probability).float()
        tokens = coins * targets[:, t] + (1 - coins) * logits.argmax(dim=1)
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll tokens_as_a_column
# hint: the decoder takes tokens of shape (B,), not (B, 1)
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets), 1), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        coins = torch.rand(len(targets), 1) < probability
        tokens = torch.where(coins, targets[:, t : t + 1], logits.argmax(dim=-1))
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% unroll overwrites_targets
# hint: the decoder's own tokens are written into the targets, and the loss is then measured against them
def unroll(decoder, hidden, targets, probability):
    tokens = torch.full((len(targets),), BOS)
    logits_list, states = [], []
    for t in range(targets.shape[1]):
        logits, hidden = decoder(tokens, hidden)
        logits_list.append(logits)
        states.append(hidden)
        alone = torch.rand(len(targets)) >= probability
        targets[alone, t] = logits.argmax(dim=1)[alone]
        tokens = targets[:, t]
    return torch.stack(logits_list, dim=1), torch.stack(states, dim=1)


# %% generate stops_after_one_step
# hint: the loop ends after its first step whatever was written; end it where all rows have said EOS
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    written = [[] for _ in range(len(hidden))]
    for _ in range(max_length):
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        for row, token in zip(written, tokens.tolist()):
            if token != EOS:
                row.append(token)
        break
    return written


# %% generate stop_test_after_the_loop
# hint: the decoder is called max_length times although all rows have ended; test inside the loop
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    for _ in range(max_length):
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate eos_kept
# hint: EOS is still in the rows; leave it out
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
    return [row[: row.index(EOS) + 1] if EOS in row else row for row in rows]


# %% generate stops_with_the_first_row
# hint: the loop ends with the first row that says EOS and cuts the others off; wait for all
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    while len(columns) < max_length:
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        if (tokens == EOS).any():
            break
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate waits_for_eos_in_all_rows_at_once
# hint: it stops only where all rows say EOS in the same step; remember which rows have ended
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    while len(columns) < max_length:
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        if (tokens == EOS).all():
            break
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate tokens_after_eos_kept
# hint: what a row says after its EOS is kept; everything from the first EOS on is left out
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
    return [[token for token in row if token != EOS] for row in rows]


# %% generate cut_at_the_last_eos
# hint: a row is cut before its last EOS; the first one ends it
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
    return [row[: len(row) - 1 - row[::-1].index(EOS)] if EOS in row else row for row in rows]


# %% generate bos_kept
# hint: BOS stands at the beginning of each row; it is read, not written
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = [tokens]
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) <= max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= tokens == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate bos_counts
# hint: the last token is missing, as if BOS counted towards max_length
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = [tokens]
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) < max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= tokens == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[1 : row.index(EOS)] if EOS in row else row[1:] for row in rows]


# %% generate one_call_too_many
# hint: max_length + 1 steps are made; the decoder is called at most max_length times
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) <= max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= tokens == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate stops_one_call_late
# hint: after the last EOS the decoder is called once more; test at the end of the step
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    for _ in range(max_length):
        all_ended = bool(ended.all())
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= tokens == EOS
        if all_ended:
            break
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate max_length_ignored
# hint: a row that never says EOS keeps the loop running; max_length ends it
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while not ended.all() and len(columns) < 1000:
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= tokens == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate unfinished_rows_dropped
# hint: a row without EOS comes out empty; it has max_length tokens
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
    return [row[: row.index(EOS)] if EOS in row else [] for row in rows]


# %% generate special_tokens_dropped
# hint: PAD, UNK and BOS are left out as well; only EOS and what follows it is
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
    rows = [row[: row.index(EOS)] if EOS in row else row for row in rows]
    return [[token for token in row if token > EOS] for row in rows]


# %% generate pad_ends_a_row
# hint: PAD ends a row here; only EOS does
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) < max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= (tokens == EOS) | (tokens == PAD)
    rows = []
    for row in torch.stack(columns, dim=1).tolist():
        ends = [place for place, token in enumerate(row) if token in (EOS, PAD)]
        rows.append(row[: ends[0]] if ends else row)
    return rows


# %% generate bos_always_read
# hint: the decoder reads BOS in every step; feed it the token that it has just written
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) < max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        columns.append(logits.argmax(dim=1))
        ended |= columns[-1] == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate hidden_not_carried
# hint: every step starts from the first state; hand the new hidden on
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) < max_length and not ended.all():
        logits, _ = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= tokens == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate starts_with_eos
# hint: the first token that is read is BOS, not EOS
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), EOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) < max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        columns.append(tokens)
        ended |= tokens == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate sampled
# hint: the tokens are drawn by their probability; take the likeliest one in each step
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) < max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        tokens = torch.multinomial(logits.softmax(dim=1), 1).squeeze(1)
        columns.append(tokens)
        ended |= tokens == EOS
    rows = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]


# %% generate first_row_only
# hint: only the first row of the batch comes out; there are B lists
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    written = []
    for _ in range(max_length):
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        if tokens[0].item() == EOS:
            break
        written.append(tokens[0].item())
    return [written]


# %% generate padded_tensor
# hint: this is a rectangle filled up with PAD; return a list of lists without it
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    columns = []
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    while len(columns) < max_length and not ended.all():
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        ended |= tokens == EOS
        columns.append(torch.where(ended, PAD, tokens))
    return torch.stack(columns, dim=1)


# %% generate lists_of_tensors
# hint: the lists hold tensors; .tolist() or .item() makes ints of them
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    written = [[] for _ in range(len(hidden))]
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    for _ in range(max_length):
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        ended = ended | (tokens == EOS)
        for b in range(len(hidden)):
            if not ended[b]:
                written[b].append(tokens[b])
        if ended.all():
            break
    return written


# %% generate one_list_for_all_rows
# hint: [[]] * B is B times the same list, so that all rows end up in one
def generate(decoder, hidden, max_length):
    tokens = torch.full((len(hidden),), BOS)
    written = [[]] * len(hidden)
    ended = torch.zeros(len(hidden), dtype=torch.bool)
    for _ in range(max_length):
        logits, hidden = decoder(tokens, hidden)
        tokens = logits.argmax(dim=1)
        ended = ended | (tokens == EOS)
        for b in range(len(hidden)):
            if not ended[b]:
                written[b].append(tokens[b].item())
        if ended.all():
            break
    return written


# %% sequence_loss padding_counts
# hint: padding counts like any other token; leave out the places where the target is PAD
def sequence_loss(logits, targets):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


# %% sequence_loss divided_by_all_places
# hint: the sum is right, but it is divided by B * T, padding included; divide by the number of real tokens
def sequence_loss(logits, targets):
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return total / targets.numel()


# %% sequence_loss nan_without_tokens
# hint: right but for a batch of padding only, where the mean over no token is nan; it should be 0
def sequence_loss(logits, targets):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)


# %% sequence_loss zero_without_a_past
# hint: where all is padding a new 0 is returned, on which backward fails; keep it connected to the logits
def sequence_loss(logits, targets):
    if (targets == PAD).all():
        return torch.tensor(0.0, dtype=logits.dtype)
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)


# %% sequence_loss summed
# hint: this is the sum over the real tokens; divide by how many there are
def sequence_loss(logits, targets):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")


# %% sequence_loss divided_by_rows
# hint: the sum is divided by the number of rows; divide by the number of real tokens
def sequence_loss(logits, targets):
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return total / len(targets)


# %% sequence_loss mean_of_row_means
# hint: each row has its own mean, so a token of a short row weighs more; take one mean over all real tokens
def sequence_loss(logits, targets):
    losses = F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=PAD, reduction="none")
    counts = (targets != PAD).sum(dim=1)
    return (losses.sum(dim=1) / counts.clamp(min=1)).mean()


# %% sequence_loss mean_of_step_means
# hint: each step has its own mean, so the late tokens of long rows weigh more; take one mean over all real tokens
def sequence_loss(logits, targets):
    losses = F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=PAD, reduction="none")
    counts = (targets != PAD).sum(dim=0)
    return (losses.sum(dim=0) / counts.clamp(min=1)).mean()


# %% sequence_loss vector
# hint: this is a loss for each place; take the mean
def sequence_loss(logits, targets):
    return F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=PAD, reduction="none")


# %% sequence_loss python_number
# hint: .item() gives a number on which no backward can be called; return the tensor
def sequence_loss(logits, targets):
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return (total / (targets != PAD).sum().clamp(min=1)).item()


# %% sequence_loss softmax_twice
# hint: cross_entropy takes logits and does the softmax itself; here it is done twice
def sequence_loss(logits, targets):
    shares = logits.softmax(dim=-1)
    total = F.cross_entropy(shares.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return total / (targets != PAD).sum().clamp(min=1)


# %% sequence_loss softmax_over_time
# hint: the softmax runs over the steps; it belongs to the V logits of one token
def sequence_loss(logits, targets):
    log_shares = logits.log_softmax(dim=1)
    picked = log_shares.gather(2, targets.unsqueeze(2)).squeeze(2)
    real = targets != PAD
    return -(picked * real).sum() / real.sum().clamp(min=1)


# %% sequence_loss log_of_softmax
# hint: for large logits a probability is 0 and its logarithm infinite; log_softmax takes both steps in one
def sequence_loss(logits, targets):
    shares = logits.softmax(dim=-1).gather(2, targets.unsqueeze(2)).squeeze(2)
    real = targets != PAD
    return -torch.where(real, torch.log(shares), 0.0).sum() / real.sum().clamp(min=1)


# %% sequence_loss safe_log
# hint: a small number inside the logarithm hides the error of large logits; log_softmax is exact
def sequence_loss(logits, targets):
    shares = logits.softmax(dim=-1).gather(2, targets.unsqueeze(2)).squeeze(2)
    real = targets != PAD
    return -torch.where(real, torch.log(shares + 1e-9), 0.0).sum() / real.sum().clamp(min=1)


# %% sequence_loss logarithm_to_base_two
# hint: this is measured in bits; take the natural logarithm
def sequence_loss(logits, targets):
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return total / (targets != PAD).sum().clamp(min=1) / math.log(2)


# %% sequence_loss reshaped_instead_of_transposed
# hint: reshape to (B, V, T) mixes the logits of different tokens; transpose(1, 2) moves the dimension
def sequence_loss(logits, targets):
    B, T, V = logits.shape
    total = F.cross_entropy(logits.reshape(B, V, T), targets, ignore_index=PAD, reduction="sum")
    return total / (targets != PAD).sum().clamp(min=1)


# %% sequence_loss sign_forgotten
# hint: the mean logarithm of the probabilities is negative; the loss is minus that
def sequence_loss(logits, targets):
    picked = logits.log_softmax(dim=-1).gather(2, targets.unsqueeze(2)).squeeze(2)
    real = targets != PAD
    return (picked * real).sum() / real.sum().clamp(min=1)


# %% sequence_loss logits_masked
# hint: setting the logits of padding to 0 leaves ln V for each of them; leave these places out of the sum
def sequence_loss(logits, targets):
    real = targets != PAD
    logits = logits * real.unsqueeze(2)
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="sum")
    return total / real.sum().clamp(min=1)


# %% sequence_loss eos_ignored
# hint: EOS is left out too, and the network never learns to stop; only PAD does not count
def sequence_loss(logits, targets):
    targets = torch.where(targets == EOS, PAD, targets)
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return total / (targets != PAD).sum().clamp(min=1)


# %% sequence_loss wrong_index_ignored
# hint: the places of UNK are left out, and padding counts; ignore PAD
def sequence_loss(logits, targets):
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=UNK, reduction="sum")
    return total / (targets != UNK).sum().clamp(min=1)


# %% sequence_loss label_smoothing
# hint: smoothed labels give another loss; take plain cross-entropy
def sequence_loss(logits, targets):
    total = F.cross_entropy(
        logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum", label_smoothing=0.1
    )
    return total / (targets != PAD).sum().clamp(min=1)


# %% sequence_loss perplexity
# hint: this is the perplexity, exp of the loss; return the loss itself
def sequence_loss(logits, targets):
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return torch.exp(total / (targets != PAD).sum().clamp(min=1))


# %% sequence_loss one_added_below
# hint: max(count, 1) is meant, not count + 1, which makes every loss too small
def sequence_loss(logits, targets):
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return total / ((targets != PAD).sum() + 1)


# %% sequence_loss detached
# hint: the loss has lost its past, so nothing can be trained; no detach and no no_grad
@torch.no_grad()
def sequence_loss(logits, targets):
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, reduction="sum")
    return total / (targets != PAD).sum().clamp(min=1)


# %% sequence_loss changes_the_targets
# hint: the targets are overwritten, and the caller still needs them; work on a copy
def sequence_loss(logits, targets):
    count = (targets != PAD).sum().clamp(min=1)
    targets[targets == PAD] = -100
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="sum") / count


# %% professor_losses labels_swapped
# hint: the discriminator learns to call the free run taught; the teacher's states have label 1
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(taught).mean() + F.softplus(-free).mean()
    return discriminator_loss, F.softplus(discriminator(free_states)).mean()


# %% professor_losses generator_helps_the_discriminator
# hint: the decoder is trained to be found out; its loss is small where the free run looks taught
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    return discriminator_loss, F.softplus(discriminator(free_states)).mean()


# %% professor_losses minimax
# hint: this is the minimax loss log(1 - D), which is flat where the free run is found out; take -log D
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    return discriminator_loss, -F.softplus(discriminator(free_states)).mean()


# %% professor_losses minus_discriminator_loss
# hint: minus the discriminator's loss is the minimax game; the decoder's loss is -log D of the free run alone
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    again = F.softplus(-discriminator(teacher_states)).mean() + F.softplus(discriminator(free_states)).mean()
    return discriminator_loss, -again


# %% professor_losses states_not_detached
# hint: the discriminator's loss reaches the states and trains the decoder to be found out; detach both
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states), discriminator(free_states)
    return F.softplus(-taught).mean() + F.softplus(free).mean(), F.softplus(-free).mean()


# %% professor_losses teacher_not_detached
# hint: the discriminator's loss reaches the teacher's states; detach the states of both runs
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    return discriminator_loss, F.softplus(-discriminator(free_states)).mean()


# %% professor_losses free_not_detached
# hint: the discriminator's loss reaches the free states; detach them for this loss, not for the other
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states)
    return F.softplus(-taught).mean() + F.softplus(free).mean(), F.softplus(-free).mean()


# %% professor_losses generator_detached
# hint: the free states are detached in the decoder's loss too, so nothing trains it
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    return F.softplus(-taught).mean() + F.softplus(free).mean(), F.softplus(-free).mean()


# %% professor_losses generator_through_both
# hint: the decoder's loss reaches the teacher's states as well; only the free run shall move
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    generator_loss = F.softplus(-discriminator(free_states)).mean() + F.softplus(discriminator(teacher_states)).mean()
    return discriminator_loss, generator_loss


# %% professor_losses generator_through_the_teacher
# hint: the decoder's loss is that of the teacher's states; it has to look at the free ones
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    return discriminator_loss, F.softplus(-discriminator(teacher_states)).mean()


# %% professor_losses sigmoid_twice
# hint: the loss with logits has the sigmoid inside; here it is applied twice
def professor_losses(discriminator, teacher_states, free_states):
    taught = torch.sigmoid(discriminator(teacher_states.detach()))
    free = torch.sigmoid(discriminator(free_states.detach()))
    fooled = torch.sigmoid(discriminator(free_states))
    bce = F.binary_cross_entropy_with_logits
    discriminator_loss = bce(taught, torch.ones_like(taught)) + bce(free, torch.zeros_like(free))
    return discriminator_loss, bce(fooled, torch.ones_like(fooled))


# %% professor_losses cross_entropy_of_probabilities
# hint: binary_cross_entropy stops at 100 for extreme probabilities; start from the logits
def professor_losses(discriminator, teacher_states, free_states):
    taught = torch.sigmoid(discriminator(teacher_states.detach()))
    free = torch.sigmoid(discriminator(free_states.detach()))
    fooled = torch.sigmoid(discriminator(free_states))
    bce = F.binary_cross_entropy
    discriminator_loss = bce(taught, torch.ones_like(taught)) + bce(free, torch.zeros_like(free))
    return discriminator_loss, bce(fooled, torch.ones_like(fooled))


# %% professor_losses log_of_sigmoid
# hint: for extreme logits D is 0 or 1 and a logarithm infinite; logsigmoid or softplus start from the logits
def professor_losses(discriminator, teacher_states, free_states):
    taught = torch.sigmoid(discriminator(teacher_states.detach()))
    free = torch.sigmoid(discriminator(free_states.detach()))
    fooled = torch.sigmoid(discriminator(free_states))
    return -torch.log(taught).mean() - torch.log(1 - free).mean(), -torch.log(fooled).mean()


# %% professor_losses summed_over_rows
# hint: these are sums over the rows; the expectations are means
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).sum() + F.softplus(free).sum()
    return discriminator_loss, F.softplus(-discriminator(free_states)).sum()


# %% professor_losses average_of_two
# hint: the discriminator's loss is the sum of two means, not their average
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = (F.softplus(-taught).mean() + F.softplus(free).mean()) / 2
    return discriminator_loss, F.softplus(-discriminator(free_states)).mean()


# %% professor_losses no_reduction
# hint: there is a loss for each row; take the mean
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    return F.softplus(-taught) + F.softplus(free), F.softplus(-discriminator(free_states))


# %% professor_losses teacher_only
# hint: the discriminator sees the teacher's states only and may say "taught" to everything; add the free run
def professor_losses(discriminator, teacher_states, free_states):
    taught = discriminator(teacher_states.detach())
    return F.softplus(-taught).mean(), F.softplus(-discriminator(free_states)).mean()


# %% professor_losses free_only
# hint: the discriminator sees the free run only and may say "alone" to everything; add the teacher's states
def professor_losses(discriminator, teacher_states, free_states):
    free = discriminator(free_states.detach())
    return F.softplus(free).mean(), F.softplus(-discriminator(free_states)).mean()


# %% professor_losses generator_first
# hint: the two losses are in the wrong order; the discriminator's comes first
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    return F.softplus(-discriminator(free_states)).mean(), discriminator_loss


# %% professor_losses smoothed_labels
# hint: the labels are smoothed to 0.9; they are 1 and 0
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    bce = F.binary_cross_entropy_with_logits
    discriminator_loss = bce(taught, torch.full_like(taught, 0.9)) + bce(free, torch.zeros_like(free))
    return discriminator_loss, F.softplus(-discriminator(free_states)).mean()


# %% professor_losses least_squares
# hint: this is the least-squares game; the losses here are logarithms of D
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = ((taught - 1) ** 2).mean() + (free**2).mean()
    return discriminator_loss, ((discriminator(free_states) - 1) ** 2).mean()


# %% professor_losses wasserstein
# hint: this is a difference of logits, as in a Wasserstein game; the losses here are logarithms of D
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    return free.mean() - taught.mean(), -discriminator(free_states).mean()


# %% professor_losses backward_inside
# hint: backward is called inside; compute the two losses, the loop does the rest
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    discriminator_loss.backward(retain_graph=True)
    return discriminator_loss, F.softplus(-discriminator(free_states)).mean()


# %% professor_losses discriminator_frozen_for_good
# hint: the discriminator's weights are frozen and stay so; its optimizer will have nothing to do
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    for weight in discriminator.parameters():
        weight.requires_grad_(False)
    return discriminator_loss, F.softplus(-discriminator(free_states)).mean()


# %% professor_losses python_numbers
# hint: .item() gives numbers on which no backward can be called; return tensors
def professor_losses(discriminator, teacher_states, free_states):
    taught, free = discriminator(teacher_states.detach()), discriminator(free_states.detach())
    discriminator_loss = F.softplus(-taught).mean() + F.softplus(free).mean()
    return discriminator_loss.item(), F.softplus(-discriminator(free_states)).mean().item()


# %% make_reservoir largest_singular_value
# hint: this divides by the largest singular value, np.linalg.norm(W, 2); the spectral radius comes from eigenvalues
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.linalg.norm(weights, 2)


# %% make_reservoir frobenius_norm
# hint: np.linalg.norm without an order is the root of the sum of squares; the spectral radius comes from eigenvalues
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.linalg.norm(weights)


# %% make_reservoir largest_row_sum
# hint: the largest row sum only bounds the spectral radius from above; compute the eigenvalues
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(weights).sum(axis=1).max()


# %% make_reservoir largest_real_part
# hint: an eigenvalue is complex, and its size is its absolute value, not its real part
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.linalg.eigvals(weights).real.max()


# %% make_reservoir absolute_real_part
# hint: the imaginary part of an eigenvalue is thrown away here; take the absolute value of the complex number
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights).real).max()


# %% make_reservoir eigenvalues_of_a_symmetric_matrix
# hint: eigvalsh believes that the matrix is symmetric, and it is not; use eigvals
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvalsh(weights)).max()


# %% make_reservoir complex_maximum
# hint: eigvals(...).max() of complex numbers compares real parts and makes the weights complex; take np.abs first
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / (np.linalg.eigvals(weights).max() + 0j)


# %% make_reservoir first_eigenvalue
# hint: eigenvalues come in no order, so the first one need not be the largest; take the maximum of all
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights))[0]


# %% make_reservoir largest_entry
# hint: this scales the largest weight to spectral_radius; the largest absolute eigenvalue is what counts
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(weights).max()


# %% make_reservoir not_scaled
# hint: the weights are not scaled at all; divide by the largest absolute eigenvalue, multiply by spectral_radius
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    return rng.uniform(-1, 1, (num_units, num_units)) * mask


# %% make_reservoir radius_without_division
# hint: the weights are multiplied by spectral_radius, but never divided by the radius that they have
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    return spectral_radius * rng.uniform(-1, 1, (num_units, num_units)) * mask


# %% make_reservoir radius_always_one
# hint: the largest absolute eigenvalue is 1 whatever was asked for; multiply by spectral_radius
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir radius_squared
# hint: spectral_radius is multiplied in twice; once is enough
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask * spectral_radius
    radius = np.abs(np.linalg.eigvals(weights)).max() / spectral_radius
    return weights * spectral_radius / radius


# %% make_reservoir divided_by_the_radius
# hint: the weights are divided by spectral_radius, so a larger one makes them smaller; multiply by it
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights / (np.abs(np.linalg.eigvals(weights)).max() * spectral_radius)


# %% make_reservoir circular_law
# hint: density * N / 3 gives the radius of an infinite matrix; compute the eigenvalues of the one you have
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / math.sqrt(num_units * density / 3)


# %% make_reservoir scaled_before_thinned
# hint: weights are taken out after the scaling, which shrinks the eigenvalues again; scale the finished matrix
def make_reservoir(num_units, density, spectral_radius, rng):
    weights = rng.uniform(-1, 1, (num_units, num_units))
    weights *= spectral_radius / np.abs(np.linalg.eigvals(weights)).max()
    weights[rng.random((num_units, num_units)) >= density] = 0
    return weights


# %% make_reservoir all_positive
# hint: rng.random gives 0 to 1, so no weight is negative; draw from -1 to 1
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.random((num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir normal_weights
# hint: these weights are normally distributed; the formula says uniform in [-1, 1]
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.normal(size=(num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir signs_only
# hint: all weights have the same size; draw them uniformly from [-1, 1], not from {-1, 1}
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.choice([-1.0, 1.0], (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir density_upside_down
# hint: density is the share of weights that are not 0; here it is the share of those that are
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) > density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir density_ignored
# hint: every weight is there; only a share of density may be other than 0
def make_reservoir(num_units, density, spectral_radius, rng):
    weights = rng.uniform(-1, 1, (num_units, num_units))
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir density_squared
# hint: two coins were thrown for each weight, so that density times density of them are left
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    mask = mask & (rng.random((num_units, num_units)) < density)
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir small_weights_removed
# hint: the weights below 1 - density were removed, so only large ones are left; throw coins that do not look
def make_reservoir(num_units, density, spectral_radius, rng):
    weights = rng.uniform(-1, 1, (num_units, num_units))
    weights[np.abs(weights) < 1 - density] = 0
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir large_weights_removed
# hint: the weights above density were removed, so the places of 0 depend on the numbers; throw coins of their own
def make_reservoir(num_units, density, spectral_radius, rng):
    weights = rng.uniform(-1, 1, (num_units, num_units))
    weights = np.where((weights + 1) / 2 < density, weights, 0)
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir whole_rows_removed
# hint: one coin for each row removes whole units; every entry has a coin of its own
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, 1)) < density
    mask[: max(1, round(num_units * density)) // 2 + 1] = True
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir whole_columns_removed
# hint: one coin for each column silences whole units; every entry has a coin of its own
def make_reservoir(num_units, density, spectral_radius, rng):
    kept = rng.permutation(num_units)[: round(density * num_units)]
    weights = np.zeros((num_units, num_units))
    weights[:, kept] = rng.uniform(-1, 1, (num_units, len(kept)))
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir no_diagonal
# hint: the diagonal was emptied, but a unit may well hear itself; its entries are drawn like all others
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    np.fill_diagonal(weights, 0)
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir symmetric
# hint: the matrix is symmetric, so all its eigenvalues are real and nothing swings; draw both halves on their own
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = np.triu(rng.uniform(-1, 1, (num_units, num_units)) * mask)
    weights = weights + np.triu(weights, 1).T
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir own_generator
# hint: a generator with a fixed seed is made inside, so every reservoir is the same; use the rng that is passed in
def make_reservoir(num_units, density, spectral_radius, rng):
    rng = np.random.default_rng(0)
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir generator_without_seed
# hint: a generator of its own is made inside, so no run can be repeated; use the rng that is passed in
def make_reservoir(num_units, density, spectral_radius, rng):
    rng = np.random.default_rng()
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir global_seed
# hint: np.random.seed changes the random numbers of everybody else; draw with methods of rng
def make_reservoir(num_units, density, spectral_radius, rng):
    np.random.seed(int(rng.integers(2**31)))
    mask = np.random.rand(num_units, num_units) < density
    weights = np.random.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir global_random_numbers
# hint: the numbers come from np.random and not from rng, so the same rng gives another reservoir each time
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = np.random.rand(num_units, num_units) < density
    weights = np.random.uniform(-1, 1, (num_units, num_units)) * mask
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir one_generator_for_two
# hint: only the weights come from rng, the places of the zeros are the same in every reservoir
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = np.random.default_rng(0).random((num_units, num_units)) < density
    state = rng.bit_generator.state
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    rng.bit_generator.state = state
    return weights * spectral_radius / np.abs(np.linalg.eigvals(weights)).max()


# %% make_reservoir matrix_and_radius
# hint: a pair is returned; only the matrix is asked for
def make_reservoir(num_units, density, spectral_radius, rng):
    mask = rng.random((num_units, num_units)) < density
    weights = rng.uniform(-1, 1, (num_units, num_units)) * mask
    radius = np.abs(np.linalg.eigvals(weights)).max()
    return weights * spectral_radius / radius, radius


# %% run_reservoir leak_on_the_old_state
# hint: leak and 1 - leak have changed places; leak is the share of the new part
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = leak * state + (1 - leak) * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir leak_inside_tanh
# hint: the leak stands inside tanh here; it weighs the tanh against the old state, outside
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = weight_in @ np.concatenate([[1], row]) + weights @ state
        state = np.tanh((1 - leak) * state + leak * new)
        states.append(state)
    return np.stack(states)


# %% run_reservoir leak_ignored
# hint: leak is not used; the new state is (1 - leak) times the old one and leak times the tanh
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        state = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        states.append(state)
    return np.stack(states)


# %% run_reservoir new_part_not_weighted
# hint: the tanh is added in full beside (1 - leak) times the old state; it has the weight leak
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + new
        states.append(state)
    return np.stack(states)


# %% run_reservoir old_state_not_weighted
# hint: the old state is kept in full; it has the weight 1 - leak
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = state * (leak != 1) + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir old_state_forgotten
# hint: the old state is only heard through W; (1 - leak) times it is to be kept as well
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        state = leak * np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        states.append(state)
    return np.stack(states)


# %% run_reservoir default_leak
# hint: without the argument leak is 1.0
def run_reservoir(weights, weight_in, inputs, leak=0.3, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir no_tanh
# hint: the tanh is missing, so this is a linear filter
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = weight_in @ np.concatenate([[1], row]) + weights @ state
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir sigmoid
# hint: a sigmoid stands where tanh is asked for
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = 1 / (1 + np.exp(-(weight_in @ np.concatenate([[1], row]) + weights @ state)))
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir tanh_of_the_input_only
# hint: W s stands outside tanh; the sum of both products goes through it
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row])) + weights @ state
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir state_not_handed_on
# hint: every step begins from the first state; hand the new one on to the next step
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        states.append((1 - leak) * state + leak * new)
    return np.stack(states)


# %% run_reservoir bias_column_last
# hint: the constant 1 comes first, as in [1; u]: column 0 of weight_in belongs to it
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([row, [1]]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir no_bias
# hint: column 0 of weight_in, the weight of the constant 1, is left out
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in[:, 1:] @ row + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir first_number_only
# hint: only the first of the K numbers is read; all columns of weight_in take part
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in[:, 0] + weight_in[:, 1] * row[0] + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir input_of_the_step_before
# hint: step t reads the input of step t - 1 here; row t of the states has read row t of the inputs
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in np.vstack([np.zeros((1, inputs.shape[1])), inputs[:-1]]):
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir states_before_reading
# hint: the state before each input is noted; row t is the state after it has read row t
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        states.append(state)
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
    return np.stack(states)


# %% run_reservoir initial_state_included
# hint: the state it starts from is returned as well, so there are T + 1 rows; leave it out
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = [state]
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir last_state_only
# hint: only the last state is returned; all T of them are asked for
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
    return state


# %% run_reservoir transposed_result
# hint: the result is (N, T); a row is a step, so it must be (T, N)
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states, axis=1)


# %% run_reservoir weights_transposed
# hint: state @ weights multiplies by the transposed matrix; W s is weights @ state
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + state @ weights)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir weights_entry_by_entry
# hint: weights * state multiplies entry by entry and keeps the diagonal at best; use the matrix product @
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + np.diag(weights * state))
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir state_ignored
# hint: the given state is not used; start from it where there is one
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights))
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir starts_from_ones
# hint: without a state it starts from ones here; it starts from zeros
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.ones(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir state_needed
# hint: state is None where it is not given; start from zeros then
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir given_state_changed
# hint: state *= ... changes the array of the caller; make a new array in each step
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state *= 1 - leak
        state += leak * new
        states.append(state.copy())
    return np.stack(states)


# %% run_reservoir same_array_every_step
# hint: one array is changed in place and noted T times, so that all rows are the last state
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state.copy()
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state *= 1 - leak
        state += leak * new
        states.append(state)
    return np.stack(states)


# %% run_reservoir nothing_returned
# hint: the function ends without return
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)


# %% run_reservoir returned_in_the_loop
# hint: return stands inside the loop, so it ends after the first step
def run_reservoir(weights, weight_in, inputs, leak=1.0, state=None):
    state = np.zeros(len(weights)) if state is None else state
    states = []
    for row in inputs:
        new = np.tanh(weight_in @ np.concatenate([[1], row]) + weights @ state)
        state = (1 - leak) * state + leak * new
        states.append(state)
        return np.stack(states)


# %% ridge_readout no_ridge
# hint: the ridge is not added; this is plain least squares
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.lstsq(x, y, rcond=None)[0]


# %% ridge_readout ridge_times_rows
# hint: the ridge is multiplied by the number of rows; it is used as it is
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.solve(x.T @ x + len(x) * ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout products_averaged
# hint: X'X and X'Y are divided by the number of rows, which makes the ridge weigh more; leave them as sums
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.solve(x.T @ x / (len(x) + 1) + ridge * np.eye(x.shape[1]), x.T @ y / (len(x) + 1))


# %% ridge_readout ridge_squared
# hint: ridge * I below X puts ridge squared on the diagonal of X'X; its square root belongs there
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    size = x.shape[1]
    stacked = np.vstack([x, ridge * np.eye(size)])
    return np.linalg.lstsq(stacked, np.vstack([y, np.zeros((size, y.shape[1]))]), rcond=None)[0]


# %% ridge_readout ridge_everywhere
# hint: a number added to a matrix goes into all its entries; only the diagonal gets the ridge
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.lstsq(x.T @ x + ridge, x.T @ y, rcond=None)[0]


# %% ridge_readout ridge_subtracted
# hint: the ridge is subtracted; it is added to the diagonal
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.solve(x.T @ x - ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout ridge_divides
# hint: the ridge divides; it is added to the diagonal of X'X
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.lstsq(x.T @ x, x.T @ y, rcond=None)[0] / (1 + ridge)


# %% ridge_readout ones_not_penalised
# hint: the first column, the ones, has no ridge here; the text penalises all weights alike
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    penalty = ridge * np.eye(x.shape[1])
    penalty[0, 0] = 0
    return np.linalg.solve(x.T @ x + penalty, x.T @ y)


# %% ridge_readout own_intercept
# hint: Ridge fits an intercept of its own and does not return it; fit_intercept=False
def ridge_readout(features, targets, ridge, washout=0):
    from sklearn.linear_model import Ridge

    return Ridge(alpha=ridge).fit(features[washout:], targets[washout:]).coef_.T


# %% ridge_readout features_centred
# hint: the means are subtracted first; X and Y are used as they are
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    return np.linalg.pinv(x.T @ x + ridge * np.eye(x.shape[1])) @ (x.T @ y)


# %% ridge_readout washout_ignored
# hint: washout is not used; leave out the first rows
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features, targets
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout washout_of_features_only
# hint: rows are left out of the features only, and each state is fitted to the target of another step
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[: len(targets) - washout]
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout washout_forgotten_for_targets
# hint: the first rows of the targets are still there; leave them out of both
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout washout_at_the_end
# hint: the last rows are left out; it is the first ones that remember the start
def ridge_readout(features, targets, ridge, washout=0):
    end = len(features) - washout
    x, y = features[:end], targets[:end]
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout washout_kept
# hint: only the first washout rows are used; those are the ones to leave out
def ridge_readout(features, targets, ridge, washout=0):
    x, y = (features[:washout], targets[:washout]) if washout else (features, targets)
    return np.linalg.lstsq(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y, rcond=None)[0]


# %% ridge_readout one_row_too_many
# hint: one row more than washout is left out; the first row that counts has the index washout
def ridge_readout(features, targets, ridge, washout=0):
    first = washout + 1 if washout else 0
    x, y = features[first:], targets[first:]
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout washout_as_zeros
# hint: the targets of the first rows are set to 0 instead of being left out
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features, targets.copy()
    y[:washout] = 0
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout transposed_result
# hint: this is (K, F); features @ readout wants (F, K)
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y).T


# %% ridge_readout other_product
# hint: X X' is (T, T); the matrix to be solved is X'X, (F, F)
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return np.linalg.solve(x @ x.T + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout not_inverted
# hint: X'X + ridge I is multiplied instead of divided by; solve the equation
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return (x.T @ x + ridge * np.eye(x.shape[1])) @ (x.T @ y)


# %% ridge_readout targets_flattened
# hint: the targets are flattened, so only the first column is fitted; they stay (T, K)
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:, 0]
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout predictions_returned
# hint: the fitted values are returned; the readout itself is asked for
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    return features @ np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout features_changed
# hint: the features of the caller are changed in place; make new arrays
def ridge_readout(features, targets, ridge, washout=0):
    features[:washout] = 0
    targets[:washout] = 0
    x, y = features, targets
    return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% ridge_readout nothing_returned
# hint: the function ends without return
def ridge_readout(features, targets, ridge, washout=0):
    x, y = features[washout:], targets[washout:]
    np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)


# %% free_run value_not_replaced
# hint: the true value is read again in every step; the forecast is the next value
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        forecasts.append(np.concatenate([[1], value, state]) @ readout)
    return np.stack(forecasts)


# %% free_run state_not_updated
# hint: the state stays the first one; hand the new one on to the next step
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        new = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, new]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run starts_from_zeros
# hint: the given state is not used, the run starts from a network that has read nothing
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    state = np.zeros(len(weights))
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run value_not_read_first
# hint: the forecast is made from the state before value was read; update the state first
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        old = state
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, old]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run state_has_read_value
# hint: value is taken as read already, but state is the one before it; update the state before the first forecast too
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
    return np.stack(forecasts)


# %% free_run leak_ignored
# hint: leak is not used; the state is updated as in run_reservoir
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        state = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run leak_upside_down
# hint: leak and 1 - leak have changed places; leak is the share of the new part
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = leak * state + (1 - leak) * new
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run value_included
# hint: the value it starts from is returned as the first forecast; row 0 is what follows it
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        forecasts.append(value)
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
    return np.stack(forecasts)


# %% free_run one_step_too_many
# hint: there are steps + 1 rows; the loop runs once too often
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps + 1):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run value_and_forecasts
# hint: the value it starts from stands before the forecasts; leave it out
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = [value]
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run last_forecast_only
# hint: only the last forecast is returned; all of them are asked for
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
    return value


# %% free_run states_returned
# hint: the states are returned; the forecasts are asked for
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    states = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
        states.append(state)
    return np.stack(states)


# %% free_run changes_forecast
# hint: the forecast is added to the value, as if the readout gave the change; it gives the next value itself
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = value + np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run bias_forgotten
# hint: the features begin with a one; without it the first row of the readout is not used
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([value, state]) @ readout[1:]
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run state_before_value
# hint: the features are in another order; [1; value; state] is what the readout was fitted on
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], state, value]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run value_left_out
# hint: the readout reads the value as well, not only the state
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = readout[0] + state @ readout[1 + len(value) :]
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run first_number_repeated
# hint: a single number is fed back to all inputs; the forecast is a row of K numbers
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
        value = np.full(len(value), value[0])
    return np.stack(forecasts)


# %% free_run squashed
# hint: a tanh is put on the forecast; the readout is linear
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.tanh(np.concatenate([[1], value, state]) @ readout)
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run flat_result
# hint: the result is flat; a forecast is a row, (steps, K)
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.concatenate(forecasts)


# %% free_run state_of_the_caller_changed
# hint: state[:] = ... writes into the array of the caller; make a new array in each step
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state[:] = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run value_of_the_caller_changed
# hint: value[:] = ... writes into the array of the caller, and every row of the result is the same array
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value[:] = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)
    return np.stack(forecasts)


# %% free_run nothing_returned
# hint: the function ends without return
def free_run(weights, weight_in, readout, state, value, steps, leak=1.0):
    forecasts = []
    for _ in range(steps):
        new = np.tanh(weight_in @ np.concatenate([[1], value]) + weights @ state)
        state = (1 - leak) * state + leak * new
        value = np.concatenate([[1], value, state]) @ readout
        forecasts.append(value)


# %% encode_words key_error_on_unknown_words
# hint: the first unknown word ends it with a KeyError, as in the seminar; look up with a default
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx[word] for word in lower], [ending2idx[word[-3:]] for word in lower]


# %% encode_words key_error_on_unknown_endings
# hint: an ending that the vocabulary lacks raises KeyError; it is UNK
def encode_words(words, word2idx, ending2idx):
    word_indices = [word2idx.get(word.lower(), UNK) for word in words]
    ending_indices = [ending2idx[word.lower()[-3:]] for word in words]
    return word_indices, ending_indices


# %% encode_words unknown_words_dropped
# hint: unknown words vanish from the list, and all tags behind them shift; they are UNK
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    first = [word2idx[word] for word in lower if word in word2idx]
    second = [ending2idx[word[-3:]] for word in lower if word[-3:] in ending2idx]
    return first, second


# %% encode_words words_unknown_in_either_dropped
# hint: a word that lacks one of the two indices vanishes, and all tags behind it shift
def encode_words(words, word2idx, ending2idx):
    first, second = [], []
    for word in words:
        word = word.lower()
        if word in word2idx and word[-3:] in ending2idx:
            first.append(word2idx[word])
            second.append(ending2idx[word[-3:]])
    return first, second


# %% encode_words case_kept
# hint: words are looked up as they are written, but both vocabularies are in lower case
def encode_words(words, word2idx, ending2idx):
    return [word2idx.get(word, UNK) for word in words], [ending2idx.get(word[-3:], UNK) for word in words]


# %% encode_words case_of_the_ending_kept
# hint: the word is lower-cased, its ending is not
def encode_words(words, word2idx, ending2idx):
    first = [word2idx.get(word.lower(), UNK) for word in words]
    second = [ending2idx.get(word[-3:], UNK) for word in words]
    return first, second


# %% encode_words case_of_the_word_kept
# hint: the ending is lower-cased, the word is not
def encode_words(words, word2idx, ending2idx):
    first = [word2idx.get(word, UNK) for word in words]
    second = [ending2idx.get(word[-3:].lower(), UNK) for word in words]
    return first, second


# %% encode_words only_all_capitals_lower_cased
# hint: a word such as The keeps its capital; lower-case every word
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() if word.isupper() else word for word in words]
    return [word2idx.get(word, UNK) for word in lower], [ending2idx.get(word[-3:], UNK) for word in lower]


# %% encode_words beginning_instead_of_ending
# hint: these are the first three letters; the last three are word[-3:]
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word, UNK) for word in lower], [ending2idx.get(word[:3], UNK) for word in lower]


# %% encode_words beginning_left_out
# hint: this leaves out the first three letters and keeps the rest; the last three are word[-3:]
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word, UNK) for word in lower], [ending2idx.get(word[3:], UNK) for word in lower]


# %% encode_words ending_of_two_letters
# hint: the ending has two letters here; it should have three
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word, UNK) for word in lower], [ending2idx.get(word[-2:], UNK) for word in lower]


# %% encode_words ending_without_last_letter
# hint: a slice to -1 leaves out the last letter
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word, UNK) for word in lower], [ending2idx.get(word[-4:-1], UNK) for word in lower]


# %% encode_words whole_word_as_ending
# hint: the whole word is looked up among the endings; cut off its last three letters
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word, UNK) for word in lower], [ending2idx.get(word, UNK) for word in lower]


# %% encode_words endings_looked_up_among_words
# hint: endings have a vocabulary of their own, ending2idx
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word, UNK) for word in lower], [word2idx.get(word[-3:], UNK) for word in lower]


# %% encode_words ending_unknown_where_the_word_is
# hint: where the word is unknown its ending became UNK too, just where it is needed
def encode_words(words, word2idx, ending2idx):
    first, second = [], []
    for word in words:
        word = word.lower()
        if word in word2idx:
            first.append(word2idx[word])
            second.append(ending2idx.get(word[-3:], UNK))
        else:
            first.append(UNK)
            second.append(UNK)
    return first, second


# %% encode_words both_unknown_if_one_is
# hint: one unknown index made both UNK; each of the two is looked up by itself
def encode_words(words, word2idx, ending2idx):
    pairs = []
    for word in words:
        try:
            pairs.append((word2idx[word.lower()], ending2idx[word.lower()[-3:]]))
        except KeyError:
            pairs.append((UNK, UNK))
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


# %% encode_words ending_only_where_the_word_is_unknown
# hint: known words lost their ending; both indices are wanted for every word
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    first = [word2idx.get(word, UNK) for word in lower]
    second = [UNK if word in word2idx else ending2idx.get(word[-3:], UNK) for word in lower]
    return first, second


# %% encode_words vocabulary_grows
# hint: unknown words get new indices, for which the tables of the tagger have no row; they are UNK
def encode_words(words, word2idx, ending2idx):
    first, second = [], []
    for word in words:
        word = word.lower()
        if word not in word2idx:
            word2idx[word] = len(word2idx) + 4
        if word[-3:] not in ending2idx:
            ending2idx[word[-3:]] = len(ending2idx) + 4
        first.append(word2idx[word])
        second.append(ending2idx[word[-3:]])
    return first, second


# %% encode_words setdefault
# hint: setdefault writes the unknown word into the vocabulary; get only asks
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.setdefault(word, UNK) for word in lower], [ending2idx.setdefault(word[-3:], UNK) for word in lower]


# %% encode_words words_lower_cased_in_place
# hint: the list that was passed in is changed; make a new one
def encode_words(words, word2idx, ending2idx):
    for place in range(len(words)):
        words[place] = words[place].lower()
    return [word2idx.get(word, UNK) for word in words], [ending2idx.get(word[-3:], UNK) for word in words]


# %% encode_words padding_for_unknown
# hint: unknown words are PAD here, and whoever counts words will miss them; they are UNK
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word, PAD) for word in lower], [ending2idx.get(word[-3:], PAD) for word in lower]


# %% encode_words none_for_unknown
# hint: get without a default gives None; its second argument is the default
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word) for word in lower], [ending2idx.get(word[-3:]) for word in lower]


# %% encode_words short_words_have_no_ending
# hint: words of one or two letters are their own ending, and it may be known
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    second = [ending2idx.get(word[-3:], UNK) if len(word) >= 3 else UNK for word in lower]
    return [word2idx.get(word, UNK) for word in lower], second


# %% encode_words three_letter_words_have_no_ending
# hint: a word of exactly three letters is its own ending, and so is a shorter one
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    second = [ending2idx.get(word[-3:], UNK) if len(word) > 3 else UNK for word in lower]
    return [word2idx.get(word, UNK) for word in lower], second


# %% encode_words tensors_returned
# hint: two tensors are returned; lists are wanted, and tensors made of whole batches
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    first = torch.tensor([word2idx.get(word, UNK) for word in lower])
    return first, torch.tensor([ending2idx.get(word[-3:], UNK) for word in lower])


# %% encode_words pairs_returned
# hint: this is one list of pairs; two lists are wanted
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [(word2idx.get(word, UNK), ending2idx.get(word[-3:], UNK)) for word in lower]


# %% encode_words zip_of_pairs
# hint: zip(*pairs) gives tuples, and nothing at all for a sentence without words; make two lists
def encode_words(words, word2idx, ending2idx):
    pairs = [(word2idx.get(word.lower(), UNK), ending2idx.get(word.lower()[-3:], UNK)) for word in words]
    first, second = zip(*pairs)
    return first, second


# %% encode_words generators_returned
# hint: a generator can be read once; make lists
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return (word2idx.get(word, UNK) for word in lower), (ending2idx.get(word[-3:], UNK) for word in lower)


# %% encode_words one_list
# hint: the two lists are glued to one; return two
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [word2idx.get(word, UNK) for word in lower] + [ending2idx.get(word[-3:], UNK) for word in lower]


# %% encode_words endings_first
# hint: the two lists change places: first the words, then the endings
def encode_words(words, word2idx, ending2idx):
    lower = [word.lower() for word in words]
    return [ending2idx.get(word[-3:], UNK) for word in lower], [word2idx.get(word, UNK) for word in lower]


# %% encode_words words_only
# hint: the endings are missing; two lists are wanted
def encode_words(words, word2idx, ending2idx):
    return [word2idx.get(word.lower(), UNK) for word in words]


# %% encode_words each_word_once
# hint: a word that occurs again is left out; a sentence is a list, not a set
def encode_words(words, word2idx, ending2idx):
    lower = list(dict.fromkeys(word.lower() for word in words))
    return [word2idx.get(word, UNK) for word in lower], [ending2idx.get(word[-3:], UNK) for word in lower]


# %% tagger padding_read
# hint: the backward half starts in the padding, whatever is set to zero afterwards; pack with the lengths
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        out, _ = self.lstm(x)
        return self.hidden2tag(self.dropout(out))


# %% tagger inputs_of_padding_set_to_zero
# hint: a zero vector is an input too, and biases move the state; pack with the lengths
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        x = x.masked_fill((words == PAD).unsqueeze(2), 0.0)
        out, _ = self.lstm(x)
        return self.hidden2tag(self.dropout(out))


# %% tagger lengths_of_the_columns
# hint: sum(dim=0) counts along the batch; the lengths of the sentences are sums over time
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=0).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger length_less_one
# hint: the last word of each sentence is cut off; the length is the number of its words
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = ((words != PAD).sum(dim=1).cpu() - 1).clamp(min=1)
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger unknown_words_not_counted
# hint: UNK is a word; only PAD is not counted
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words > UNK).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger sorted_batch_demanded
# hint: a batch comes in any order; pack_padded_sequence has enforce_sorted=False
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger sorted_and_not_put_back
# hint: the sentences were sorted by length and never put back, so logits stand in other rows
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        lengths, order = (words != PAD).sum(dim=1).cpu().sort(descending=True)
        words, endings = words[order], endings[order]
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        packed = pack_padded_sequence(x, lengths, batch_first=True)
        out, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger sorted_and_put_back_wrongly
# hint: indexing with the same order again does not undo a sort; its argsort does
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        lengths, order = (words != PAD).sum(dim=1).cpu().sort(descending=True)
        words, endings = words[order], endings[order]
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        packed = pack_padded_sequence(x, lengths, batch_first=True)
        out, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))[order]


# %% tagger total_length_forgotten
# hint: columns in which all is padding are cut off; pad_packed_sequence has total_length
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True)
        return self.hidden2tag(self.dropout(out))


# %% tagger time_and_batch_exchanged
# hint: view does not exchange batch and time, it deals the words out anew; use batch_first=True
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        embeds = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lstm_out, _ = self.lstm(embeds.view(words.size(1), len(words), -1))
        return self.hidden2tag(self.dropout(lstm_out.view(len(words), words.size(1), -1)))


# %% tagger walks_over_the_batch
# hint: without batch_first=True the lstm takes the sentences for time steps
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        out, _ = self.lstm(x)
        return self.hidden2tag(self.dropout(out))


# %% tagger packed_over_the_batch
# hint: batch_first=True is missing when packing, so rows are taken for time steps
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, (words != PAD).sum(dim=0).cpu(), enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, total_length=words.size(0))
        return self.hidden2tag(self.dropout(out))


# %% tagger time_first_returned
# hint: the logits are (T, B, C): batch_first=True is missing when unpacking
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger tags_second
# hint: the logits are (B, C, T), as cross_entropy wants them; the exercise wants (B, T, C)
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out)).transpose(1, 2)


# %% tagger words_in_one_row
# hint: all words stand in one row, (B T, C); the logits should be (B, T, C)
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out)).flatten(0, 1)


# %% tagger packed_words_only
# hint: only real words are left, in the order of packing; unpack to (B, T, 2H) first
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        return self.hidden2tag(self.dropout(out.data))


# %% tagger squeezed
# hint: squeeze takes away the batch where it has one sentence, and time where it has one word
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out)).squeeze()


# %% tagger log_softmax_at_the_end
# hint: these are log probabilities, as in the seminar; return the logits, the loss does the rest
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return torch.log_softmax(self.hidden2tag(self.dropout(out)), dim=-1)


# %% tagger softmax_at_the_end
# hint: these are probabilities; return the logits, the loss does the rest
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return F.softmax(self.hidden2tag(self.dropout(out)), dim=-1)


# %% tagger tags_instead_of_logits
# hint: argmax is for later: return the logits of all tags
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out)).argmax(dim=-1)


# %% tagger relu_on_the_states
# hint: no activation stands between the states and hidden2tag
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(F.relu(out)))


# %% tagger tanh_on_the_states
# hint: no activation stands between the states and hidden2tag; the lstm has its tanh already
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(torch.tanh(out)))


# %% tagger relu_on_the_logits
# hint: logits may be negative: no activation after hidden2tag
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return F.relu(self.hidden2tag(self.dropout(out)))


# %% tagger endings_before_words
# hint: the vector of the ending stands before that of the word; the formula has the word first
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.ending_embeddings(endings), self.word_embeddings(words)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger vectors_added
# hint: the two vectors are added; they stand one behind the other, so that the lstm reads 2D numbers
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = self.word_embeddings(words) + self.ending_embeddings(endings)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger one_table_for_both
# hint: one table serves words and endings, whose indices have nothing to do with each other
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = self.word_embeddings
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger endings_not_read
# hint: the endings are never read: both halves of x come from the words
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.word_embeddings(words)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger one_direction
# hint: the lstm reads from left to right only; bidirectional=True
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger hidden_size_shared_by_the_directions
# hint: H is the size of each direction, so hidden2tag reads 2H numbers
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size // 2, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger two_layers
# hint: one layer is wanted; the check has weights for no second one
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, num_layers=2, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger gru_inside
# hint: this is a GRU; the exercise wants an LSTM
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.GRU(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger other_attribute_names
# hint: the attributes have other names; the check finds your weights by those of the exercise
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.words = small_embeddings(num_words, embed_size)
        self.endings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.words(words), self.endings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger hidden2tag_without_bias
# hint: hidden2tag has no bias; the formula adds u
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags, bias=False)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger one_tag_less
# hint: num_tags counts the tag of padding already; hidden2tag has num_tags rows
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags - 1)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger last_state_for_all_words
# hint: every word is given the same state; each word has its own, out[:, t]
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        out = out[:, -1:].expand(-1, words.size(1), -1)
        return self.hidden2tag(self.dropout(out))


# %% tagger final_states_for_all_words
# hint: these are the final states, one vector for a sentence; a tagger needs the state at each word
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        _, (h, _) = self.lstm(packed)
        out = torch.cat([h[0], h[1]], dim=-1).unsqueeze(1).expand(-1, words.size(1), -1)
        return self.hidden2tag(self.dropout(out))


# %% tagger halves_exchanged
# hint: the backward states stand first; the lstm gives forward and backward in the right order
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        out = torch.cat(out.chunk(2, dim=-1)[::-1], dim=-1)
        return self.hidden2tag(self.dropout(out))


# %% tagger backward_half_turned_around
# hint: the lstm has put the backward states in the order of the words already; do not flip them
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        forward, backward = out.chunk(2, dim=-1)
        out = torch.cat([forward, backward.flip(1)], dim=-1)
        return self.hidden2tag(self.dropout(out))


# %% tagger halves_added
# hint: forward and backward states are added; hidden2tag reads both, 2H numbers
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        out = sum(out.chunk(2, dim=-1))
        return self.hidden2tag(self.dropout(out))


# %% tagger dropout_built_in_forward
# hint: a new Dropout in forward is always in training mode; make it once in __init__
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.rate = dropout
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(nn.Dropout(self.rate)(out))


# %% tagger dropout_without_its_rate
# hint: the argument dropout is not used; nn.Dropout() drops a half
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout()
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger dropout_is_the_share_that_stays
# hint: dropout is the share that is dropped, not the one that stays
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(1 - dropout if dropout else 0.0)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger dropout_given_to_the_lstm
# hint: the dropout of nn.LSTM acts between its layers, and there is one layer only
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True, dropout=dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(out)


# %% tagger dropout_on_the_vectors
# hint: dropout acts on the vectors that the lstm reads; the exercise wants it on the states instead
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(self.dropout(x), lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(out)


# %% tagger dropout_on_both
# hint: dropout acts twice, on the vectors and on the states; the exercise wants it on the states only
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(self.dropout(x), lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger dropout_on_the_logits
# hint: logits are dropped, so that a tag may lose its only chance; drop the states
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.dropout(self.hidden2tag(out))


# %% tagger tables_start_at_one
# hint: nn.Embedding starts with a standard deviation of 1; make both tables by small_embeddings
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        self.ending_embeddings = nn.Embedding(num_endings, embed_size, padding_idx=PAD)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger endings_start_at_one
# hint: the table of endings starts with a standard deviation of 1; make it by small_embeddings too
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = nn.Embedding(num_endings, embed_size, padding_idx=PAD)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger padding_idx_forgotten
# hint: padding_idx=PAD is missing, so the row of PAD is as any other; use small_embeddings
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.word_embeddings = nn.Embedding.from_pretrained(0.1 * torch.randn(num_words, embed_size), freeze=False)
        self.ending_embeddings = nn.Embedding.from_pretrained(0.1 * torch.randn(num_endings, embed_size), freeze=False)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger started_again
# hint: normal_ wrote over the row of PAD, which small_embeddings had set to 0
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        nn.init.normal_(self.word_embeddings.weight, std=0.1)
        nn.init.normal_(self.ending_embeddings.weight, std=0.1)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger tables_detached
# hint: detach cuts the tables off from the loss, and they never learn
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1).detach()
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger endings_detached
# hint: detach cuts the table of endings off from the loss, and it never learns
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings).detach()], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger endings_of_unknown_words_overwritten
# hint: the endings of unknown words are overwritten by UNK, in the tensor of the caller as well
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        endings.masked_fill_(words == UNK, UNK)
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger super_init_forgotten
# hint: super().__init__() must come first, or nn.Module can hold no layers
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.lstm = nn.LSTM(2 * embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% tagger layers_made_in_forward
# hint: the tagger has no lstm that keeps its weights: one that is made in forward is new in each call; make it in __init__
class LSTMTagger(nn.Module):
    def __init__(self, num_words, num_endings, num_tags, embed_size, hidden_size, dropout=0.0):
        super().__init__()
        self.word_embeddings = small_embeddings(num_words, embed_size)
        self.ending_embeddings = small_embeddings(num_endings, embed_size)
        self.sizes = 2 * embed_size, hidden_size
        self.dropout = nn.Dropout(dropout)
        self.hidden2tag = nn.Linear(2 * hidden_size, num_tags)

    def forward(self, words, endings):
        x = torch.cat([self.word_embeddings(words), self.ending_embeddings(endings)], dim=-1)
        lengths = (words != PAD).sum(dim=1).cpu()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, _ = nn.LSTM(*self.sizes, batch_first=True, bidirectional=True)(packed)
        out, _ = pad_packed_sequence(out, batch_first=True, total_length=words.size(1))
        return self.hidden2tag(self.dropout(out))


# %% confusion transposed
# hint: rows are predicted tags here; row is the true tag, column the predicted one
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[j, i] += 1
    return counts


# %% confusion padding_counted
# hint: padding is counted as if it were words; leave out positions whose true tag is PAD
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        counts[i, j] += 1
    return counts


# %% confusion mask_by_the_predicted_tags
# hint: the mask looks at the predicted tags; what is padding only the true tags know
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if j != PAD:
            counts[i, j] += 1
    return counts


# %% confusion words_taken_for_padding_left_out
# hint: a word for which PAD is predicted is an error and counts; only the true tag decides
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD and j != PAD:
            counts[i, j] += 1
    return counts


# %% confusion padding_left_out_if_predicted_so
# hint: a position is left out only if both tags are PAD; the true tag alone decides
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD or j != PAD:
            counts[i, j] += 1
    return counts


# %% confusion added_once
# hint: with repeated indices += adds once; count every word, as bincount or a loop does
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    real = true != PAD
    counts[true[real], predicted[real]] += 1
    return counts


# %% confusion floats
# hint: the table is of floats; counts are ints, so give dtype=torch.long
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i, j] += 1
    return counts


# %% confusion shares_of_the_row
# hint: rows are divided by their sums; the exercise wants the counts
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i, j] += 1
    return counts / counts.sum(dim=1, keepdim=True).clamp(min=1)


# %% confusion shares_of_all
# hint: the table is divided by the number of words; the exercise wants the counts
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i, j] += 1
    return counts / counts.sum().clamp(min=1)


# %% confusion rounded_shares
# hint: these are percents, rounded; the exercise wants the counts
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i, j] += 1
    return (100 * counts / counts.sum().clamp(min=1)).round().long()


# %% confusion first_sentence_only
# hint: only the first sentence of the batch is counted
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true[0].tolist(), predicted[0].tolist()):
        if i != PAD:
            counts[i, j] += 1
    return counts


# %% confusion last_sentence_only
# hint: the table starts anew with each sentence, so the last one is left
def confusion(true, predicted, num_tags):
    for row in range(len(true)):
        counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
        for i, j in zip(true[row].tolist(), predicted[row].tolist()):
            if i != PAD:
                counts[i, j] += 1
    return counts


# %% confusion returned_in_the_loop
# hint: return stands inside the loop, so one word is counted
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i, j] += 1
            return counts
    return counts


# %% confusion ends_at_the_first_padding
# hint: break ends the count at the first padding of the batch; go on with the next position
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i == PAD:
            break
        counts[i, j] += 1
    return counts


# %% confusion without_the_row_of_padding
# hint: the row and the column of PAD are cut off; the table has num_tags rows, and column 0 may count
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i, j] += 1
    return counts[1:, 1:]


# %% confusion off_by_one
# hint: all indices are one too small, and those of 0 wrap around to the end
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i - 1, j - 1] += 1
    return counts


# %% confusion size_of_what_occurs
# hint: the table is as large as the tags that occur; it has num_tags rows and columns
def confusion(true, predicted, num_tags):
    size = int(max(true.max(), predicted.max())) + 1
    counts = torch.zeros(size, size, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i, j] += 1
    return counts


# %% confusion minlength_forgotten
# hint: bincount stops at the largest number that occurs; minlength is num_tags squared
def confusion(true, predicted, num_tags):
    real = true != PAD
    pairs = true[real] * num_tags + predicted[real]
    return torch.bincount(pairs).reshape(num_tags, num_tags)


# %% confusion pairs_of_the_wrong_base
# hint: two pairs of tags give the same number; the factor of the true tag is num_tags
def confusion(true, predicted, num_tags):
    real = true != PAD
    pairs = true[real] * (num_tags - 1) + predicted[real]
    return torch.bincount(pairs, minlength=num_tags**2)[: num_tags**2].reshape(num_tags, num_tags)


# %% confusion flat
# hint: the counts stand in one row; reshape them to (num_tags, num_tags)
def confusion(true, predicted, num_tags):
    real = true != PAD
    return torch.bincount(true[real] * num_tags + predicted[real], minlength=num_tags**2)


# %% confusion errors_only
# hint: right words are missing: the diagonal counts them
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD and i != j:
            counts[i, j] += 1
    return counts


# %% confusion right_words_only
# hint: only right words are counted; the errors are what you want to see
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD and i == j:
            counts[i, j] += 1
    return counts


# %% confusion both_ways
# hint: each error counts in two entries; the table need not be symmetric
def confusion(true, predicted, num_tags):
    counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
    for i, j in zip(true.flatten().tolist(), predicted.flatten().tolist()):
        if i != PAD:
            counts[i, j] += 1
            counts[j, i] += i != j
    return counts


# %% confusion one_table_for_each_sentence
# hint: there is a table for each sentence; add them up
def confusion(true, predicted, num_tags):
    tables = []
    for row, other in zip(true.tolist(), predicted.tolist()):
        counts = torch.zeros(num_tags, num_tags, dtype=torch.long)
        for i, j in zip(row, other):
            if i != PAD:
                counts[i, j] += 1
        tables.append(counts)
    return torch.stack(tables)


# %% confusion accuracy_returned
# hint: this is the accuracy, one number; the table of counts is wanted
def confusion(true, predicted, num_tags):
    real = true != PAD
    return (true[real] == predicted[real]).float().mean()


# %% confusion padding_written_into_the_predictions
# hint: the predictions that were passed in are changed; work on a copy, or index with a mask
def confusion(true, predicted, num_tags):
    predicted[true == PAD] = PAD
    counts = torch.bincount((true * num_tags + predicted).flatten(), minlength=num_tags**2)
    counts[0] = 0
    return counts.reshape(num_tags, num_tags)


# %% train_tagger step_forgotten
# hint: no weight ever moves: backward or optimizer.step() is missing
def train_tagger(tagger, rows, num_epochs=1, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger step_after_return
# hint: optimizer.step() stands after return and is never reached
def train_tagger(tagger, rows, num_epochs=1, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history
    optimizer.step()


tagger, tagger_losses = train_tagger(new_tagger(24), tag_rows["train"])


# %% train_tagger optimizer_of_another_tagger
# hint: the optimizer was given the parameters of another tagger, so this one never learns
def train_tagger(tagger, rows, num_epochs=1, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(new_tagger().parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(40), tag_rows["train"])


# %% train_tagger fresh_tagger_returned
# hint: what is returned is a fresh tagger that was never trained
def train_tagger(tagger, rows, num_epochs=1, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return new_tagger(28), history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger learning_rate_far_too_small
# hint: with a rate of a millionth the loss hardly moves from ln C: multiply it by some thousands
def train_tagger(tagger, rows, num_epochs=1, rate=1e-6, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(36), tag_rows["train"])


# %% train_tagger learning_rate_far_too_large
# hint: steps of a rate of 1 jump over every valley: divide the rate by a hundred
def train_tagger(tagger, rows, num_epochs=2, rate=1.0, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger one_batch_only
# hint: the tagger knows one batch by heart, that was the ladder; train on all batches
def train_tagger(tagger, rows, num_epochs=1, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    first = next(tag_batches(rows))
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in [first] * 30:
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger one_epoch_of_the_slow_kind
# hint: a single epoch with a small rate ends long before the tagger has learned
def train_tagger(tagger, rows, num_epochs=1, rate=0.001, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger gradient_ascent
# hint: the loss is climbed, not descended: the sign of backward is wrong
def train_tagger(tagger, rows, num_epochs=1, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            (-loss).backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger tags_of_other_sentences
# hint: the tags are shuffled, so each sentence is taught the tags of another
def train_tagger(tagger, rows, num_epochs=3, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags[torch.randperm(len(tags))])
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger tags_shifted_by_one
# hint: each word is taught the tag of its neighbour
def train_tagger(tagger, rows, num_epochs=3, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags.roll(1, dims=1))
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger logits_and_tags_flattened_differently
# hint: logits run sentence by sentence, tags column by column: pairs that do not belong together
def train_tagger(tagger, rows, num_epochs=3, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = F.cross_entropy(tagger(words, endings).flatten(0, 1), tags.T.flatten(), ignore_index=PAD)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger only_the_last_layer_trained
# hint: the optimizer has the parameters of hidden2tag only; tables and lstm stay random
def train_tagger(tagger, rows, num_epochs=2, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.hidden2tag.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger all_words_unknown
# hint: all words and endings were UNK in training: the tagger learned from nothing but lengths
def train_tagger(tagger, rows, num_epochs=2, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words.clamp(max=UNK), endings.clamp(max=UNK)), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger words_one_by_one
# hint: each word was trained as a sentence of its own, so the tagger never learned to look at the others
def train_tagger(tagger, rows, num_epochs=1, rate=0.01, alpha=0.5):
    rows = [tuple([item] for item in items) for row in rows for items in zip(*row)]
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            loss = sequence_loss(tagger(words, endings), tags)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])


# %% train_tagger loss_of_the_first_word
# hint: only the first word of each sentence is taught
def train_tagger(tagger, rows, num_epochs=3, rate=0.01, alpha=0.5):
    optimizer = torch.optim.Adam(tagger.parameters(), lr=rate)
    history = []
    for epoch in range(num_epochs):
        tagger.train()
        total, count = 0.0, 0
        for words, endings, tags in tag_batches(rows, alpha):
            optimizer.zero_grad()
            logits = tagger(words, endings)
            loss = sequence_loss(logits[:, :1], tags[:, :1])
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return tagger, history


tagger, tagger_losses = train_tagger(new_tagger(), tag_rows["train"])
