"""Wrong answers to the exercises of `meta_lstm`, each with a name and a hint: see course_lib/authoring/bank.py."""


# %% make_sequence no_soh_at_the_end
# hint: the last SOH is missing: it says that the last example is over
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor(tokens)


# %% make_sequence stx_at_the_end
# hint: the last token is STX; it is one more SOH, as if another example began
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.stx])


# %% make_sequence soh_at_both_ends_of_an_example
# hint: each example ends with a SOH of its own, so there are two on end
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist(), game.soh]
    return torch.tensor(tokens)


# %% make_sequence soh_and_stx_swapped
# hint: STX starts the examples here; SOH starts an example, STX its translation
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.stx, *source.tolist(), game.soh, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence stx_left_out
# hint: nothing says where the translation begins: STX stands before it
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence soh_only_once
# hint: SOH stands before the first example only; it stands before each
def make_sequence(game, language, generator=None):
    tokens = [game.soh]
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [*source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence translation_first
# hint: the translation stands before its source
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *language[source].tolist(), game.stx, *source.tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence translation_reversed
# hint: the translation is in reverse order; word t of it stands for word t of the source
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].flip(0).tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence source_copied
# hint: the source is copied after STX, without being translated
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *source.tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence l_added_to_the_translation
# hint: L is added to right words that are tokens already
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *(language[source] + game.num_left).tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence right_words_from_0
# hint: L is taken off the right words, so they look like left ones
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *(language[source] - game.num_left).tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence a_language_of_its_own
# hint: it draws a language of its own; the one to use is passed in
def make_sequence(game, language, generator=None):
    language = torch.randperm(game.num_right, generator=generator)[: game.num_left] + game.num_left
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence a_new_language_in_each_example
# hint: a language is drawn for each example; all examples are in the one that is passed in
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        language = language[torch.randperm(game.num_left, generator=generator)]
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence language_sorted
# hint: the right words are sorted first; language[i] is the translation of left word i
def make_sequence(game, language, generator=None):
    language = language.sort().values
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence translated_by_position
# hint: word t is translated by language[t]; it is language[word t]
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[torch.arange(game.num_words) % game.num_left].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence sources_from_r_words
# hint: source words are drawn from R words; there are L left ones
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_right, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence last_word_never_drawn
# hint: the upper end of randint is not drawn, so L - 1 leaves out the last word
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left - 1, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence first_word_never_drawn
# hint: word 0 never comes: left words are 0 to L - 1
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(min(1, game.num_left - 1), game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence some_words_more_often
# hint: rounding makes the first and the last word rarer; all are equally frequent
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = (torch.rand(game.num_words, generator=generator) * (game.num_left - 1)).round().long()
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence one_source_for_all_examples
# hint: the source is drawn once; every example has its own
def make_sequence(game, language, generator=None):
    source = torch.randint(game.num_left, (game.num_words,), generator=generator)
    tokens = []
    for _ in range(game.num_examples):
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence one_word_for_the_whole_sentence
# hint: one word is drawn and repeated; the T words are independent
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (1,), generator=generator).expand(game.num_words)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence no_word_twice
# hint: a permutation has no word twice; the T words are independent
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randperm(game.num_left, generator=generator)[: game.num_words]
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence sources_sorted
# hint: the words of a source are sorted; they stay in the order in which they were drawn
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator).sort().values
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence generator_ignored
# hint: the generator is not used: pass it on as generator=generator
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=None)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence numpy_global
# hint: words come from numpy's global generator; draw them with the one that is passed in
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.from_numpy(np.random.randint(game.num_left, size=game.num_words))
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence seed_inside
# hint: a seed is set inside, so every call gives the same sequence
def make_sequence(game, language, generator=None):
    generator = torch.Generator().manual_seed(0)
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence copy_of_the_generator
# hint: a copy of the generator is drawn from, so the next call gives the same sequence
def make_sequence(game, language, generator=None):
    if generator is not None:
        state = generator.get_state()
        generator = torch.Generator()
        generator.set_state(state)
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence own_generator_where_none_is_given
# hint: without a generator it makes one with a fixed seed; None is torch's global one
def make_sequence(game, language, generator=None):
    if generator is None:
        generator = torch.Generator().manual_seed(0)
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence random_generator_where_none_is_given
# hint: without a generator it makes one that torch.manual_seed does not reach
def make_sequence(game, language, generator=None):
    if generator is None:
        generator = torch.Generator()
        generator.seed()
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence global_generator_seeded
# hint: it seeds the global generator from the other one; draw from `generator` itself
def make_sequence(game, language, generator=None):
    if generator is not None:
        torch.manual_seed(torch.randint(10**6, (), generator=generator).item())
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,))
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence one_example_less
# hint: the last example is missing; there are K of them
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples - 1):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence last_translation_left_out
# hint: the last example has no translation; all K have one
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens[: -game.num_words], game.soh])


# %% make_sequence global_game
# hint: it uses the notebook's GAME; the sizes are those of `game`
def make_sequence(game, language, generator=None):
    game = GAME
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence a_list
# hint: it is a list; make a tensor of it
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return [*tokens, game.soh]


# %% make_sequence floats
# hint: tokens are floats; an embedding wants int64
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, float(game.soh)])


# %% make_sequence int32
# hint: tokens are int32; they are int64
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh], dtype=torch.int32)


# %% make_sequence one_row_of_a_batch
# hint: it has the shape (1, S); it is one row of S tokens
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([[*tokens, game.soh]])


# %% make_sequence a_row_for_each_example
# hint: examples are rows here; they are written one after the other
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor(tokens).view(game.num_examples, game.span)


# %% make_sequence all_sources_first
# hint: all sources come first, then all translations; each source is followed by its own
def make_sequence(game, language, generator=None):
    source = torch.randint(game.num_left, (game.num_examples, game.num_words), generator=generator)
    soh, stx = torch.full((game.num_examples, 1), game.soh), torch.full((game.num_examples, 1), game.stx)
    left, right = torch.cat([soh, source], dim=1), torch.cat([stx, language[source]], dim=1)
    return torch.cat([left.flatten(), right.flatten(), torch.tensor([game.soh])])


# %% make_sequence language_changed_in_place
# hint: L is taken off and added again in place; then the caller's language is another one
def make_sequence(game, language, generator=None):
    language.sub_(game.num_left)
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [game.soh, *source.tolist(), game.stx, *(language[source] + game.num_left).tolist()]
    return torch.tensor([*tokens, game.soh])


# %% make_sequence soh_for_l_equal_r
# hint: 2L is the token of SOH only where L = R: use game.soh
def make_sequence(game, language, generator=None):
    tokens = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (game.num_words,), generator=generator)
        tokens += [2 * game.num_left, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, 2 * game.num_left])


# %% make_batch one_language_for_the_batch
# hint: one language is drawn for the whole batch; every sequence has its own
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (1,), generator=generator)].expand(batch_size, -1)
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch a_language_for_each_example
# hint: a language is drawn for each example; all examples of a sequence are in one
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), shape[:2], generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(2, source)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch a_language_for_each_word
# hint: a language is drawn for each word; all words of a sequence are in one
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = torch.randint(len(languages), shape, generator=generator)
    source = torch.randint(game.num_left, shape, generator=generator)
    target = languages[spoken, source]
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch last_language_never_drawn
# hint: the upper end of randint is not drawn, so the last language never comes
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(max(1, len(languages) - 1), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch first_languages_only
# hint: the first B languages are taken; they are drawn
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.arange(batch_size) % len(languages)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch first_b_rows
# hint: the first B rows are taken, which fails where there are fewer; languages are drawn, with repetition
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[:batch_size]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch languages_without_repetition
# hint: no language comes twice; they are drawn with repetition, and B may be more than N
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randperm(len(languages), generator=generator)[:batch_size]]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch languages_in_turn
# hint: a shuffled table is gone through in turn; each sequence draws independently
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    order = torch.randperm(len(languages), generator=generator)
    spoken = languages[order[torch.arange(batch_size) % len(languages)]]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch neighbours_in_one_language
# hint: two sequences on end are in one language; each draws its own
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    number = torch.randint(len(languages), ((batch_size + 1) // 2,), generator=generator)
    spoken = languages[number.repeat_interleave(2)[:batch_size]]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch some_languages_more_often
# hint: two draws and the smaller number: small numbers come more often
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    number = torch.randint(len(languages), (2, batch_size), generator=generator).amin(dim=0)
    spoken = languages[number]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch languages_of_its_own
# hint: it makes permutations of its own; languages come from the table, or the held-out ones are used too
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = torch.rand(batch_size, game.num_right, generator=generator).argsort(dim=1)[:, : game.num_left] + game.num_left
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch all_languages_of_the_game
# hint: it draws from all_languages(game); the table is passed in, and may lack some
def make_batch(game, languages, batch_size, generator=None):
    languages = all_languages(game)
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch training_languages_whatever_is_given
# hint: it draws from the notebook's training languages; the table is passed in
def make_batch(game, languages, batch_size, generator=None):
    languages = train_languages
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch same_sources_in_all_rows
# hint: sources are drawn once and given to every sequence; each has its own
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape[1:], generator=generator).expand(shape)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch same_source_in_all_examples
# hint: a sequence has one source in all its examples; draw (B, K, T) words
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, (batch_size, 1, game.num_words), generator=generator).expand(shape)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch one_word_for_the_whole_sentence
# hint: a source is one word repeated; draw (B, K, T) words
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, (*shape[:2], 1), generator=generator).expand(shape)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch no_word_twice
# hint: no word comes twice in a source; the T words are independent
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    keys = torch.rand(*shape[:2], max(game.num_left, game.num_words), generator=generator)
    source = keys.argsort(dim=2)[..., : game.num_words] % game.num_left
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch sources_sorted
# hint: the words of a source are sorted; they stay as they were drawn
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator).sort(dim=2).values
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch last_word_never_drawn
# hint: the upper end of randint is not drawn, so L - 1 leaves out the last word
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(max(1, game.num_left - 1), shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch sources_from_r_words
# hint: source words are drawn from R words; there are L left ones
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_right, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch languages_and_words_from_one_seed
# hint: words and languages are drawn from copies of one generator, so one tells the other
def make_batch(game, languages, batch_size, generator=None):
    state = torch.random.get_rng_state() if generator is None else generator.get_state()
    twin = torch.Generator()
    twin.set_state(state)
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, (game.num_examples, game.num_words, batch_size), generator=twin).permute(2, 0, 1)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch sources_from_the_global_generator
# hint: the words do not come from the generator: pass it on in both draws
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch languages_from_the_global_generator
# hint: the languages do not come from the generator: pass it on in both draws
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,))]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch generator_ignored
# hint: the generator is not used: pass it on as generator=generator
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=None)]
    source = torch.randint(game.num_left, shape, generator=None)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch numpy_global
# hint: numpy's global generator is used; all random numbers come from the one that is passed in
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.from_numpy(np.random.randint(len(languages), size=batch_size))]
    source = torch.from_numpy(np.random.randint(game.num_left, size=shape))
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch seed_inside
# hint: a seed is set inside, so every call gives the same batch
def make_batch(game, languages, batch_size, generator=None):
    generator = torch.Generator().manual_seed(0)
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch own_generator_where_none_is_given
# hint: without a generator it makes one with a fixed seed; None is torch's global one
def make_batch(game, languages, batch_size, generator=None):
    generator = generator or torch.Generator().manual_seed(0)
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch no_soh_at_the_end
# hint: the last SOH is missing in each row: S = K(2T + 2) + 1
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return examples.flatten(1)


# %% make_batch soh_in_front_only
# hint: the SOH of the end stands in front; it ends each row
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([soh[:, 0], examples.flatten(1)], dim=1)


# %% make_batch stx_at_the_end
# hint: each row ends with STX; it ends with SOH
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), stx[:, 0]], dim=1)


# %% make_batch soh_and_stx_swapped
# hint: STX starts the examples here; SOH starts an example, STX its translation
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([stx, source, soh, target], dim=2)
    return torch.cat([examples.flatten(1), stx[:, 0]], dim=1)


# %% make_batch stx_left_out
# hint: STX is missing between source and translation
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch translation_first
# hint: the translation stands before its source
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, target, stx, source], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch translation_reversed
# hint: translations are in reverse order; word t stands for word t of the source
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape).flip(2)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch source_copied
# hint: the source is copied after STX, without being translated
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, source], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch l_added_to_the_translation
# hint: L is added to right words that are tokens already
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape) + game.num_left
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch rows_mixed_by_view
# hint: the view mixes the words of different sequences: keep the order of (B, K, T)
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, (game.num_examples, batch_size, game.num_words), generator=generator)
    target = spoken.gather(1, source.reshape(batch_size, -1)).view(shape)
    source = source.transpose(0, 1)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch words_interleaved
# hint: source and translation alternate word by word: join along the words, not along a new dimension
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, torch.stack([source, target], dim=3).flatten(2), stx], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch all_sources_first
# hint: a row has all sources first, then all translations; each source is followed by its own
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    left, right = torch.cat([soh, source], dim=2), torch.cat([stx, target], dim=2)
    examples = torch.cat([left.flatten(1), right.flatten(1)], dim=1)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch transposed
# hint: it has the shape (S, B); sequences are rows
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1).T


# %% make_batch one_long_row
# hint: all sequences stand in one row; the shape is (B, S)
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1).flatten()


# %% make_batch three_dimensions
# hint: it has the shape (B, K, 2T + 2); a sequence is one row
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return examples


# %% make_batch floats
# hint: tokens are floats; an embedding wants int64
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1).float()


# %% make_batch int32
# hint: tokens are int32; they are int64
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1).int()


# %% make_batch a_list
# hint: it is a list of lists; it is one tensor
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1).tolist()


# %% make_batch one_row_squeezed
# hint: a batch of one loses its first dimension; the shape is (1, S)
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1).squeeze()


# %% make_batch global_game
# hint: it uses the notebook's GAME; the sizes are those of `game`
def make_batch(game, languages, batch_size, generator=None):
    game = GAME
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch always_64
# hint: it makes 64 sequences whatever is asked for: use batch_size
def make_batch(game, languages, batch_size, generator=None):
    batch_size = 64
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch as_many_as_languages
# hint: it makes a sequence for each language; batch_size says how many
def make_batch(game, languages, batch_size, generator=None):
    batch_size = len(languages)
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch table_changed_in_place
# hint: L is taken off the caller's table in place
def make_batch(game, languages, batch_size, generator=None):
    languages -= game.num_left
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = spoken.gather(1, source.flatten(1)).view(shape) + game.num_left
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch loop_over_make_sequence
# hint: it makes one sequence after the other in Python; draw all at once
def make_batch(game, languages, batch_size, generator=None):
    rows = []
    for _ in range(batch_size):
        language = languages[torch.randint(len(languages), (), generator=generator)]
        rows.append(make_sequence(game, language, generator))
    return torch.stack(rows)


# %% make_batch loop_over_examples
# hint: it loops over the K examples; draw (B, K, T) words at once
def make_batch(game, languages, batch_size, generator=None):
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    soh = torch.full((batch_size, 1), game.soh)
    stx = torch.full((batch_size, 1), game.stx)
    pieces = []
    for _ in range(game.num_examples):
        source = torch.randint(game.num_left, (batch_size, game.num_words), generator=generator)
        pieces += [soh, source, stx, spoken.gather(1, source)]
    return torch.cat([*pieces, soh], dim=1)


# %% make_batch loop_over_words
# hint: it loops over the T words; one indexing translates all (B, K, T)
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    rows = torch.arange(batch_size)[:, None]
    target = torch.stack([spoken[rows, source[:, :, t]] for t in range(game.num_words)], dim=2)
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch loop_over_rows_to_translate
# hint: it loops over the sequences to translate; one indexing does it for all
def make_batch(game, languages, batch_size, generator=None):
    shape = (batch_size, game.num_examples, game.num_words)
    spoken = languages[torch.randint(len(languages), (batch_size,), generator=generator)]
    source = torch.randint(game.num_left, shape, generator=generator)
    target = torch.stack([language[words] for language, words in zip(spoken, source)])
    soh = torch.full((*shape[:2], 1), game.soh)
    stx = torch.full((*shape[:2], 1), game.stx)
    examples = torch.cat([soh, source, stx, target], dim=2)
    return torch.cat([examples.flatten(1), soh[:, 0]], dim=1)


# %% make_batch token_by_token
# hint: it goes through all tokens in Python lists; work on whole tensors
def make_batch(game, languages, batch_size, generator=None):
    chosen = torch.randint(len(languages), (batch_size,), generator=generator).tolist()
    sources = torch.randint(game.num_left, (batch_size, game.num_examples, game.num_words), generator=generator).tolist()
    table = languages.tolist()
    rows = []
    for n, examples in zip(chosen, sources):
        row = []
        for words in examples:
            row += [game.soh, *words, game.stx, *[table[n][word] for word in words]]
        rows.append([*row, game.soh])
    return torch.tensor(rows)


# %% best_possible only_examples_before
# hint: it remembers whole examples only; the words before in the same one are known as well
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        if n % game.num_words == 0:
            start = known
        loss = accuracy = 0.0
        for d in range(L):
            loss += start[d] * (1 - d / L) * math.log(R - d)
            accuracy += start[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + start[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible word_counted_before_it_is_seen
# hint: n counts the word itself as well: before the first word nothing is known
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible one_word_too_few
# hint: it counts one word less: before word n, n words were translated
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        if n:
            known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible left_words_for_right_ones
# hint: there are R - d words left to choose from, not L - d
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(L - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (L - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible nothing_ruled_out
# hint: a new word is one of R - d: right words are used once, and d of them are taken
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R)
            accuracy += known[d] * (d / L + (1 - d / L) / R)
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible guess_among_all
# hint: the guess is right with 1 / (R - d): d right words are taken
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / R)
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible loss_among_all
# hint: the loss of a new word is ln(R - d): d right words are taken
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible one_choice_too_few
# hint: the word itself is still free: R - d choices, not R - d - 1
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(max(R - d - 1, 1))
            accuracy += known[d] * (d / L + (1 - d / L) / max(R - d - 1, 1))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible no_lucky_guess
# hint: a word that is not known is guessed right with 1 / (R - d)
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * d / L
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible bits
# hint: these are bits; the natural logarithm gives nats
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log2(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible decimal_logarithm
# hint: this is the logarithm to base 10; the natural one gives nats
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log10(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible perplexity
# hint: this is the exponential of the loss; the loss itself is asked for
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    losses = np.exp(losses)
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible log_of_the_accuracy
# hint: -ln of the mean probability is not the mean of -ln: average over d last
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(-math.log(accuracy + known[L]))
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible every_word_new
# hint: the loss is paid by new words only, a share of 1 - d / L
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible share_of_known_words_swapped
# hint: d / L of the words are known, and 1 - d / L are new; here it is the other way
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * d / L * math.log(R - d)
            accuracy += known[d] * (1 - d / L + d / L / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible known_share_of_r
# hint: the next word is one of L left words: d / L is the share of the known ones
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / R) * math.log(R - d)
            accuracy += known[d] * (d / R + (1 - d / R) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L] * (L / R))
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible occupancy_with_r
# hint: the words come from L left ones: a new one with 1 - d / L
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / R + (known[d - 1] * (1 - (d - 1) / R) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible no_word_twice
# hint: it counts as if no word came twice: d is random, not min(n, L)
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.eye(L + 1)[min(n + 1, L)]
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible no_word_twice_in_an_example
# hint: words are independent within an example too; d does not grow by T each time
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        if n % game.num_words < game.num_words - 1:
            known = np.append(0, known[:-1])
            known[L] += 1 - known.sum()
        else:
            known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible one_translation_for_each_example
# hint: d grows by one with each word, not with each example
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        if (n + 1) % game.num_words == 0:
            known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible known_forgotten
# hint: the part of P(d) in which a known word comes again is missing
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([(known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible mean_of_d
# hint: d is random, and ln of the mean of R - d is not the mean of ln: average over d last
def best_possible(game):
    L, R = game.num_left, game.num_right
    n = np.arange(game.num_examples * game.num_words).reshape(game.num_examples, game.num_words)
    d = L * (1 - (1 - 1 / L) ** n)
    return (1 - d / L) * np.log(R - d), d / L + (1 - d / L) / (R - d)


# %% best_possible new_word_of_n
# hint: n words were translated, but not n different ones
def best_possible(game):
    L, R = game.num_left, game.num_right
    n = np.arange(game.num_examples * game.num_words).reshape(game.num_examples, game.num_words)
    new = (1 - 1 / L) ** n
    left = np.maximum(R - n, 1)
    return new * np.log(left), 1 - new + new / left


# %% best_possible simulated
# hint: this is an estimate from random sequences; P(d) can be computed exactly
def best_possible(game):
    L, R = game.num_left, game.num_right
    words = np.random.default_rng(0).integers(L, size=(2000, game.num_examples * game.num_words))
    seen = np.zeros((2000, L), dtype=bool)
    losses, accuracies = [], []
    for word in words.T:
        d = seen.sum(axis=1)
        new = ~seen[np.arange(2000), word]
        losses.append((new * np.log(np.maximum(R - d, 1))).mean())
        accuracies.append(np.where(new, 1 / np.maximum(R - d, 1), 1).mean())
        seen[np.arange(2000), word] = True
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible nan_where_all_is_known
# hint: 0 * ln 0 is nan: with d = L nothing is left to pay, so leave that term out
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L + 1):
            with np.errstate(all="ignore"):
                loss += known[d] * (1 - d / L) * np.log(np.float64(R - d))
            accuracy += known[d] * (d / L + ((1 - d / L) / (R - d) if d < L else 0))
        losses.append(loss)
        accuracies.append(accuracy)
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible division_by_zero_where_all_is_known
# hint: with d = L = R it divides by 0: there is nothing to guess then
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L + 1):
            loss += known[d] * (1 - d / L) * math.log(max(R - d, 1))
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy)
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible last_state_left_out
# hint: the case that all L words are known is missing: it is certain then
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy)
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible accuracies_first
# hint: losses come first, then accuracies
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(accuracies).reshape(shape), np.array(losses).reshape(shape)


# %% best_possible flat
# hint: it has the shape (K T,); it is (K, T)
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses), np.array(accuracies)


# %% best_possible transposed
# hint: it has the shape (T, K), or the order of words is wrong: word n = kT + t is entry [k, t]
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape).T, np.array(accuracies).reshape(shape).T


# %% best_possible examples_and_words_mixed
# hint: entry [k, t] is word kT + t; here it is word k + tK
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape[::-1]).T, np.array(accuracies).reshape(shape[::-1]).T


# %% best_possible mean_of_an_example
# hint: this is a mean over the words of an example; each word has its own number
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape).mean(axis=1), np.array(accuracies).reshape(shape).mean(axis=1)


# %% best_possible mean_of_an_example_repeated
# hint: all words of an example have its mean here; each word has its own number
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    losses, accuracies = np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)
    return np.tile(losses.mean(1, keepdims=True), shape[1]), np.tile(accuracies.mean(1, keepdims=True), shape[1])


# %% best_possible losses_only
# hint: accuracies are missing: return a pair
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape)


# %% best_possible global_game
# hint: it uses the notebook's GAME; the sizes are those of `game`
def best_possible(game):
    game = GAME
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible error_for_accuracy
# hint: this is the probability of an error; the accuracy is 1 minus it
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss)
        accuracies.append(1 - accuracy - known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible sign_of_the_loss
# hint: the loss is -ln of a probability, so it is not negative
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(-loss)
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% best_possible sum_so_far
# hint: losses are added up; each word has its own
def best_possible(game):
    L, R = game.num_left, game.num_right
    known = np.zeros(L + 1)
    known[0] = 1.0
    losses, accuracies = [], []
    for n in range(game.num_examples * game.num_words):
        loss = accuracy = 0.0
        for d in range(L):
            loss += known[d] * (1 - d / L) * math.log(R - d)
            accuracy += known[d] * (d / L + (1 - d / L) / (R - d))
        losses.append(loss + sum(losses[-1:]))
        accuracies.append(accuracy + known[L])
        known = np.array([known[d] * d / L + (known[d - 1] * (1 - (d - 1) / L) if d else 0.0) for d in range(L + 1)])
    shape = (game.num_examples, game.num_words)
    return np.array(losses).reshape(shape), np.array(accuracies).reshape(shape)


# %% language_model softmax_in_forward
# hint: these are probabilities; return the logits, as the loss has its own softmax
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out).softmax(dim=2), hidden


# %% language_model log_softmax_in_forward
# hint: these are log-probabilities; return the classifier's output as it is
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out).log_softmax(dim=2), hidden


# %% language_model batch_first_forgotten
# hint: without batch_first=True the LSTM walks from row to row of the batch, not along the sequence
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model state_not_used
# hint: `hidden` is never handed to the LSTM, so each piece starts from zeros
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens))
        return self.classifier(out), hidden


# %% language_model state_not_returned
# hint: only the logits are returned; whoever reads on needs the state as well
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out)


# %% language_model given_state_returned
# hint: what comes back is the state that came in; return the one that the LSTM gives
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, _ = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model only_h_returned
# hint: the state of an LSTM is the pair (h, c); c is lost here
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, (h, c) = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), h


# %% language_model h_and_c_swapped
# hint: h and c have changed places in the state that is returned
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, (h, c) = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), (c, h)


# %% language_model c_set_to_zero
# hint: only h goes on: c starts from zeros in every piece, and c is the long memory
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        if hidden is not None:
            hidden = (hidden[0], torch.zeros_like(hidden[1]))
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model order_swapped
# hint: the pair is (logits, state), in this order
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return hidden, self.classifier(out)


# %% language_model outputs_returned_as_state
# hint: these are the outputs at all tokens; the state is the second thing that the LSTM returns
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), out


# %% language_model last_token_only
# hint: these are the logits after the last token; a language model has some after each
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out[:, -1]), hidden


# %% language_model classifies_the_last_state
# hint: h of the last token stands at every token; classify the outputs of the LSTM
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        last = hidden[0][0][:, None].expand(-1, tokens.shape[1], -1)
        return self.classifier(last), hidden


# %% language_model both_directions
# hint: a bidirectional LSTM has read the token that it shall predict
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.classifier = nn.Linear(2 * hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model two_layers
# hint: one layer, please: the check copies weights of one
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, num_layers=2, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model gru_instead
# hint: this is a GRU; the check copies the weights of an nn.LSTM
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.GRU(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model plain_rnn_instead
# hint: this is a plain RNN; the check copies the weights of an nn.LSTM
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.RNN(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model other_names
# hint: the weights must be in words, rnn and classifier, since the check copies its own into them
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.embedding = nn.Embedding(num_tokens, embed_size)
        self.lstm = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.lstm(self.embedding(tokens), hidden)
        return self.fc(out), hidden


# %% language_model classifier_of_words_only
# hint: V logits for each token: the classifier's output size is num_tokens
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens - 2)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model one_row_more_for_padding
# hint: all sequences have the same length: no padding, and V rows in the table
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens + 1, embed_size, padding_idx=num_tokens)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens + 1)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model token_zero_is_padding
# hint: padding_idx=0 takes word 0 out of the training; it is a left word like others
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size, padding_idx=0)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model words_frozen
# hint: the word vectors get no gradient: no detach, no no_grad
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens).detach(), hidden)
        return self.classifier(out), hidden


# %% language_model everything_under_no_grad
# hint: nothing can be trained under torch.no_grad()
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        with torch.no_grad():
            out, hidden = self.rnn(self.words(tokens), hidden)
            return self.classifier(out), hidden


# %% language_model dropout_added
# hint: dropout changes the logits in training mode; here is none
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)
        self.dropout = nn.Dropout(0.3)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(self.dropout(out)), hidden


# %% language_model relu_before_the_classifier
# hint: the classifier takes the outputs as they are, without relu in between
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out.relu()), hidden


# %% language_model reads_backwards
# hint: the tokens are read from right to left, so each logit knows what comes after it
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens).flip(1), hidden)
        return self.classifier(out.flip(1)), hidden


# %% language_model state_kept_in_the_model
# hint: the state of the last call is kept in the model; start from zeros where none is given
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)
        self.state = None

    def forward(self, tokens, hidden=None):
        if hidden is None and self.state is not None and self.state[0].shape[1] == len(tokens):
            hidden = self.state
        out, hidden = self.rnn(self.words(tokens), hidden)
        self.state = tuple(part.detach() for part in hidden)
        return self.classifier(out), hidden


# %% language_model random_start
# hint: without `hidden` the LSTM must start from zeros, not from random numbers
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        if hidden is None:
            hidden = tuple(torch.randn(1, len(tokens), self.rnn.hidden_size) for _ in range(2))
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), hidden


# %% language_model time_first_logits
# hint: the logits are (S, B, V) here; the batch comes first
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out).transpose(0, 1), hidden


# %% language_model classes_in_the_middle
# hint: the logits are (B, V, S) here; V is the last dimension
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out).transpose(1, 2), hidden


# %% language_model forward_without_return
# hint: forward computes the logits and returns nothing
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        logits = self.classifier(out)


# %% language_model average_over_time
# hint: the outputs are averaged over the sequence; each token has logits of its own
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.words(tokens), hidden)
        return self.classifier(out.mean(dim=1, keepdim=True).expand_as(out)), hidden


# %% language_model state_without_batch_dimension
# hint: the state loses its first dimension; return it as nn.LSTM does
class LanguageModel(nn.Module):
    def __init__(self, num_tokens, embed_size, hidden_size):
        super().__init__()
        self.words = nn.Embedding(num_tokens, embed_size)
        self.rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.classifier = nn.Linear(hidden_size, num_tokens)

    def forward(self, tokens, hidden=None):
        out, (h, c) = self.rnn(self.words(tokens), hidden)
        return self.classifier(out), (h[0], c[0])


# %% next_token_loss not_shifted
# hint: what is said after a token is held against this token itself; it stands before your eyes
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, :-1].flatten())


# %% next_token_loss not_shifted_whole_batch
# hint: logits and targets are of the same tokens: read [:, :-1], score against [:, 1:]
def next_token_loss(model, batch):
    logits, _ = model(batch)
    return F.cross_entropy(logits.flatten(0, 1), batch.flatten())


# %% next_token_loss shifted_by_two
# hint: the targets start one token too late: the next token of token 0 is token 1
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-2])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 2:].flatten()) if batch.shape[1] > 2 else logits.sum() * 0


# %% next_token_loss shifted_backwards
# hint: the logits are held against the token before; a language model looks ahead
def next_token_loss(model, batch):
    logits, _ = model(batch[:, 1:])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, :-1].flatten())


# %% next_token_loss softmax_twice
# hint: cross_entropy takes logits and makes its own softmax; here it gets probabilities
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.softmax(dim=2).flatten(0, 1), batch[:, 1:].flatten())


# %% next_token_loss softmax_over_the_batch
# hint: the softmax runs over the rows of the batch; it belongs to the last dimension
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    log_p = logits.log_softmax(dim=0)
    return F.nll_loss(log_p.flatten(0, 1), batch[:, 1:].flatten())


# %% next_token_loss softmax_over_time
# hint: the softmax runs over the tokens of the sequence; it belongs to the last dimension
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    log_p = logits.log_softmax(dim=1)
    return F.nll_loss(log_p.flatten(0, 1), batch[:, 1:].flatten())


# %% next_token_loss log_of_softmax
# hint: softmax first and log afterwards gives log 0 for large logits; use log_softmax or cross_entropy
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    p = logits.softmax(dim=2).gather(2, batch[:, 1:, None])
    return -p.log().mean()


# %% next_token_loss log_with_epsilon
# hint: the small number inside the log caps the loss; use log_softmax or cross_entropy
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    p = logits.softmax(dim=2).gather(2, batch[:, 1:, None])
    return -(p + 1e-8).log().mean()


# %% next_token_loss sum_over_tokens
# hint: this is the sum over all next tokens; the loss is their mean
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten(), reduction="sum")


# %% next_token_loss sum_over_a_sequence
# hint: this is the mean over rows of sums over tokens; divide by S - 1 as well
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten(), reduction="sum") / len(batch)


# %% next_token_loss sum_over_the_batch
# hint: this is divided by S - 1 only; divide by B as well
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten(), reduction="sum") / (batch.shape[1] - 1)


# %% next_token_loss divided_by_all_tokens
# hint: S - 1 tokens of a row are predicted, not S: the mean is over B (S - 1)
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten(), reduction="sum") / batch.numel()


# %% next_token_loss reshape_mixes_axes
# hint: (B, V, S - 1) was reshaped to V columns, which mixes tokens; flatten(0, 1) keeps them whole
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    mixed = logits.transpose(1, 2).reshape(-1, logits.shape[2])
    return F.cross_entropy(mixed, batch[:, 1:].flatten())


# %% next_token_loss targets_in_column_order
# hint: logits go row by row and targets column by column; flatten both in the same order
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].T.flatten())


# %% next_token_loss last_token_only
# hint: only the last token is scored; every next token counts
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits[:, -1], batch[:, -1])


# %% next_token_loss first_next_token_left_out
# hint: the first prediction is left out; all S - 1 count
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits[:, 1:].flatten(0, 1), batch[:, 2:].flatten()) if batch.shape[1] > 2 else logits.sum() * 0


# %% next_token_loss last_next_token_left_out
# hint: the last prediction is left out; all S - 1 count
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits[:, :-1].flatten(0, 1), batch[:, 1:-1].flatten()) if batch.shape[1] > 2 else logits.sum() * 0


# %% next_token_loss token_zero_ignored
# hint: ignore_index=0 is for padding; here 0 is a word, and it counts
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten(), ignore_index=0)


# %% next_token_loss last_token_number_ignored
# hint: the highest token is a mark like others and no padding; it counts
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten(), ignore_index=logits.shape[2] - 1)


# %% next_token_loss python_float
# hint: item() cuts the loss off from the weights; return the tensor
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten()).item()


# %% next_token_loss detached
# hint: detach() cuts the loss off from the weights, and nothing can be trained
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten()).detach()


# %% next_token_loss in_bits
# hint: this is in bits; use the natural logarithm
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten()) / math.log(2)


# %% next_token_loss perplexity
# hint: this is exp of the loss, the perplexity
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten()).exp()


# %% next_token_loss minus_forgotten
# hint: the sign is missing: log-probabilities are negative, the loss is not
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    log_p = logits.log_softmax(dim=2).gather(2, batch[:, 1:, None])
    return log_p.mean()


# %% next_token_loss one_loss_for_each_row
# hint: a vector with a loss for each row; take the mean of all
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    losses = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
    return losses.mean(dim=1)


# %% next_token_loss one_loss_for_each_token
# hint: a loss for each token; take the mean of all
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")


# %% next_token_loss tokens_without_context
# hint: each token is read without those before it; the model must read the row in one go
def next_token_loss(model, batch):
    logits = torch.cat([model(token[:, None])[0] for token in batch[:, :-1].unbind(1)], dim=1)
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten())


# %% next_token_loss label_smoothing
# hint: label smoothing changes the loss; plain cross-entropy is wanted
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten(), label_smoothing=0.1)


# %% next_token_loss first_row_only
# hint: only the first row of the batch is scored
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    return F.cross_entropy(logits[0], batch[0, 1:])


# %% next_token_loss squared_error
# hint: this is a squared error to one-hot targets; take -log of the softmax at the next token
def next_token_loss(model, batch):
    logits, _ = model(batch[:, :-1])
    wanted = F.one_hot(batch[:, 1:], logits.shape[2])
    return ((logits.softmax(dim=2) - wanted) ** 2).mean()


# %% translated one_column_early
# hint: one column too early: these are STX and all translated words but the last
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words : -2]


# %% translated one_column_late
# hint: one column too late: column j belongs to token j + 1 of the sequence
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 2 :]


# %% translated source_words
# hint: these are the source words; translations come after STX
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, : game.num_words]


# %% translated two_columns_early
# hint: two columns too early; write a sequence on paper, and the columns below it
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words - 1 : 2 * game.num_words - 1]


# %% translated with_stx
# hint: STX is among them: T values of each example, not T + 1
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words : -1]


# %% translated with_soh
# hint: the next SOH is among them: T values of each example, not T + 1
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 :]


# %% translated last_example_only
# hint: only the last example is picked; all K are wanted
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, -1:, game.num_words + 1 : -1]


# %% translated last_example_without_its_axis
# hint: only the last example is picked, (B, T); all K are wanted
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, -1, game.num_words + 1 : -1]


# %% translated first_example_left_out
# hint: the first example is left out; it counts, though nobody can know its words
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, 1:, game.num_words + 1 : -1]


# %% translated last_example_left_out
# hint: the last example is left out; all K are wanted
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :-1, game.num_words + 1 : -1]


# %% translated flattened
# hint: (B, K T): keep the examples apart, (B, K, T)
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].flatten(1)


# %% translated words_before_examples
# hint: (B, T, K): examples come before words
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].transpose(1, 2)


# %% translated examples_before_rows
# hint: (K, B, T): rows of the batch come first
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].transpose(0, 1)


# %% translated reshape_mixes_axes
# hint: (B, 2T + 2, K) mixes the examples: the columns of an example stand side by side
def translated(game, values):
    examples = values.reshape(len(values), game.span, game.num_examples)
    return examples[:, game.num_words + 1 : -1].transpose(1, 2)


# %% translated rows_and_examples_mixed
# hint: the reshape takes examples for rows of the batch: (B, K, 2T + 2)
def translated(game, values):
    examples = values.reshape(game.num_examples, len(values), game.span)
    return examples[:, :, game.num_words + 1 : -1].transpose(0, 1)


# %% translated notebook_sizes
# hint: the sizes are those of GAME; take those of `game`
def translated(game, values):
    examples = values.unflatten(1, (GAME.num_examples, GAME.span))
    return examples[:, :, GAME.num_words + 1 : -1]


# %% translated two_words_always
# hint: two words are built in; T is game.num_words
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, 3:5]


# %% translated left_words_for_words
# hint: num_left is the size of the vocabulary; a sentence has num_words
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_left + 1 : -1]


# %% translated summed_over_words
# hint: the words of an example are summed; only select
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].sum(dim=2, keepdim=True)


# %% translated mean_over_the_batch
# hint: the mean over rows is taken; only select
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].to(torch.float64).mean(dim=0)


# %% translated made_floats
# hint: the values became floats; only select, and leave their type
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].float()


# %% translated detached
# hint: the values are cut off from their gradient
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].detach()


# %% translated others_set_to_zero
# hint: the other values are set to zero, in the argument itself; select instead
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    examples[:, :, : game.num_words + 1] = 0
    examples[:, :, -1] = 0
    return examples[:, :, game.num_words + 1 : -1]


# %% translated first_row_only
# hint: only the first row of the batch is picked
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:1, :, game.num_words + 1 : -1]


# %% translated every_second_column
# hint: a stride of two takes every other column; translated words stand side by side
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, 1::2][:, :, : game.num_words]


# %% translated reversed_words
# hint: the words of each translation are in reverse order
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].flip(2)


# %% translated selected_by_value
# hint: the values are taken for tokens; they may be losses, and only their place counts
def translated(game, values):
    right = (values >= game.num_left) & (values < game.soh)
    return values[right].view(len(values), game.num_examples, game.num_words)


# %% translated list_of_lists
# hint: a nested list; return a tensor, so that gradients flow
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1].tolist()


# %% translate not_fed_back
# hint: the prompt is read again for each word, so every word is the first one; read what was written
def translate(game, model, prompts):
    with torch.no_grad():
        written = []
        for _ in range(game.num_words):
            logits, _ = model(prompts)
            written.append(logits[:, -1].argmax(dim=1))
    return torch.stack(written, dim=1)


# %% translate state_not_handed_on
# hint: the new word is read without the state, so the whole prompt is forgotten
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate state_of_the_prompt_kept
# hint: every word is read with the state after the prompt; hand the newest state on
def translate(game, model, prompts):
    with torch.no_grad():
        logits, hidden = model(prompts)
        tokens = logits[:, -1:].argmax(dim=2)
        written = [tokens]
        for _ in range(game.num_words - 1):
            logits, _ = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate text_read_twice
# hint: the longer text is read from its start with a state that has read it already: one or the other
def translate(game, model, prompts):
    text, hidden = prompts, None
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(text, hidden)
            text = torch.cat([text, logits[:, -1:].argmax(dim=2)], dim=1)
    return text[:, prompts.shape[1] :]


# %% translate last_prompt_token_twice
# hint: the last token of the prompt is read a second time before the first word is written
def translate(game, model, prompts):
    with torch.no_grad():
        _, hidden = model(prompts)
        tokens, written = prompts[:, -1:], []
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate only_the_last_words_read
# hint: only the written words are read, from an empty state; the model must know the prompt
def translate(game, model, prompts):
    text = prompts
    with torch.no_grad():
        for step in range(game.num_words):
            logits, _ = model(text if step == 0 else text[:, prompts.shape[1] :])
            text = torch.cat([text, logits[:, -1:].argmax(dim=2)], dim=1)
    return text[:, prompts.shape[1] :]


# %% translate sliding_window
# hint: the text loses its first token with each new one; keep all of it
def translate(game, model, prompts):
    text, written = prompts, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, _ = model(text)
            token = logits[:, -1:].argmax(dim=2)
            written.append(token)
            text = torch.cat([text[:, 1:], token], dim=1)
    return torch.cat(written, dim=1)


# %% translate logits_of_the_first_token
# hint: these are the logits after the first token that was read; the last one counts
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, :1].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate logits_before_the_last_token
# hint: the logits before the last token were taken; STX has to be read first
def translate(game, model, prompts):
    text = prompts
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, _ = model(text)
            text = torch.cat([text, logits[:, -2:-1].argmax(dim=2)], dim=1)
    return text[:, prompts.shape[1] :]


# %% translate last_tokens_at_once
# hint: T words are taken from the last T tokens of the prompt; each word must be read before the next
def translate(game, model, prompts):
    with torch.no_grad():
        logits, _ = model(prompts)
    return logits[:, -game.num_words :].argmax(dim=2)


# %% translate argmax_over_the_batch
# hint: the argmax is over the rows of the batch; the likeliest token is in the last dimension
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1].argmax(dim=0)[: len(prompts), None]
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate argmax_over_time
# hint: the argmax is over the tokens read; the likeliest token is in the last dimension
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits.argmax(dim=1)[:, :1]
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate argmax_of_everything
# hint: one argmax for the whole batch; each row has its own
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = (logits[:, -1].argmax() % logits.shape[2]).expand(len(prompts), 1)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate first_row_for_all
# hint: all rows get the words of the first one
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:1, -1:].argmax(dim=2).expand(len(prompts), 1)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate least_likely
# hint: argmin takes the least likely token
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmin(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate second_best
# hint: the second likeliest token is taken
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].topk(2, dim=2).indices[:, :, 1]
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate sampled
# hint: the words are drawn from the probabilities; take the likeliest
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = torch.multinomial(logits[:, -1].softmax(dim=1), 1)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate right_words_only
# hint: left words and marks are ruled out; the argmax is over all V tokens
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:, game.num_left : game.soh].argmax(dim=2) + game.num_left
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate words_without_marks
# hint: SOH and STX are ruled out; the argmax is over all V tokens
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:, : game.soh].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate index_among_right_words
# hint: numbers among the right words only; the argmax is over all V tokens
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:, game.num_left : game.soh].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate one_word_less
# hint: T - 1 words; the first one comes from the prompt, and T are wanted
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words - 1):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1) if written else prompts[:, :0]


# %% translate one_word_more
# hint: T + 1 words; the SOH after them is not part of the translation
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words + 1):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate stops_after_one_word
# hint: the loop ends after its first word
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
            break
    return torch.cat(written, dim=1)


# %% translate prompt_in_front
# hint: the prompt is part of what is returned; only the written words are wanted
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat([prompts, *written], dim=1)


# %% translate stx_in_front
# hint: the STX of the prompt stands before the words; only the written ones are wanted
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat([prompts[:, -1:], *written], dim=1)


# %% translate notebook_sizes
# hint: the number of words is that of GAME; take that of `game`
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(GAME.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate as_many_as_examples
# hint: num_examples words are written; T is game.num_words
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_examples):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate gradients_kept
# hint: the model reads with gradients on, and all of it is kept in memory; use torch.no_grad()
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    for _ in range(game.num_words):
        logits, hidden = model(tokens, hidden)
        tokens = logits[:, -1:].argmax(dim=2)
        written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate gradients_left_off
# hint: gradients stay off afterwards, and no later training works; use `with torch.no_grad():`
def translate(game, model, prompts):
    torch.set_grad_enabled(False)
    tokens, hidden, written = prompts, None, []
    for _ in range(game.num_words):
        logits, hidden = model(tokens, hidden)
        tokens = logits[:, -1:].argmax(dim=2)
        written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate written_into_the_prompt
# hint: the words are written into prompts itself; leave the argument as it is
def translate(game, model, prompts):
    first = prompts.clone()
    written, hidden, tokens = [], None, first
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
            prompts[:, -1:] = tokens
    return torch.cat(written, dim=1)


# %% translate flattened
# hint: one long row; return (B, T)
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1).flatten()


# %% translate words_before_rows
# hint: (T, B): rows of the batch come first
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1).T


# %% translate soh_fed_before_the_words
# hint: an SOH is read after the prompt; the translation follows the STX at once
def translate(game, model, prompts):
    text = torch.cat([prompts, torch.full_like(prompts[:, :1], game.soh)], dim=1)
    start = text.shape[1]
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, _ = model(text)
            text = torch.cat([text, logits[:, -1:].argmax(dim=2)], dim=1)
    return text[:, start:]


# %% translate logits_returned
# hint: these are logits; return the tokens
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(logits[:, -1:])
    return torch.cat(written, dim=1)


# %% translate stx_left_unread
# hint: the last token of the prompt is never read, and STX is what asks for a translation
def translate(game, model, prompts):
    tokens, hidden, written = prompts[:, :-1], None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate only_the_source_read
# hint: only the last T + 2 tokens of the prompt are read; the language is in the examples before
def translate(game, model, prompts):
    tokens, hidden, written = prompts[:, -game.num_words - 2 :], None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written, dim=1)


# %% translate words_reversed
# hint: the words are in reverse order
def translate(game, model, prompts):
    tokens, hidden, written = prompts, None, []
    with torch.no_grad():
        for _ in range(game.num_words):
            logits, hidden = model(tokens, hidden)
            tokens = logits[:, -1:].argmax(dim=2)
            written.append(tokens)
    return torch.cat(written[::-1], dim=1)


# %% train_language_model no_step
# hint: gradients are computed, but the optimizer makes no step, so nothing is learned
def train_language_model(model, languages, num_steps=60, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model too_few_steps
# hint: 150 steps teach the form and which words occur; looking a word up takes about a thousand
def train_language_model(model, languages, num_steps=150, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model rate_too_small
# hint: with a rate of 0.0001 hardly anything moves; Adam at 0.01 is fine here
def train_language_model(model, languages, num_steps=150, batch_size=32, rate=0.0001, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model rate_too_large
# hint: with a rate of 1.0 the weights are thrown about; Adam at 0.01 is fine here
def train_language_model(model, languages, num_steps=100, batch_size=32, rate=1.0, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model few_languages
# hint: trained on twenty languages, it has learned the list by heart; take all train_languages
def train_language_model(model, languages, num_steps=500, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages[:20])


# %% train_language_model one_language
# hint: trained on one language, it translates every other one into that; take all train_languages
def train_language_model(model, languages, num_steps=150, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages[:1])


# %% train_language_model one_batch
# hint: the same batch in every step is learned by heart; make a new one in each
def train_language_model(model, languages, num_steps=150, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    batch = make_batch(GAME, languages, batch_size, generator).to(device)
    for _ in range(num_steps):
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model targets_not_shifted
# hint: each token is scored against itself, so the model learns to repeat what it reads; shift by one
def train_language_model(model, languages, num_steps=100, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, :-1], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model a_language_for_each_example
# hint: the examples of a sequence come from different languages, so there is nothing to look up
def train_language_model(model, languages, num_steps=150, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        parts = [make_batch(GAME, languages, batch_size, generator)[:, :-1] for _ in range(GAME.num_examples)]
        rows = [part[:, k * GAME.span : (k + 1) * GAME.span] for k, part in enumerate(parts)]
        batch = torch.cat([*rows, rows[0][:, :1]], dim=1).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model translations_of_other_rows
# hint: targets come from another batch, so they have nothing to do with what was read
def train_language_model(model, languages, num_steps=150, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        other = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, other[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model another_model_returned
# hint: a fresh model is returned, not the one that was trained
def train_language_model(model, languages, num_steps=30, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return new_model(), losses


torch.manual_seed(0)
model, model_losses = train_language_model(new_model(), train_languages)


# %% train_language_model rows_read_each_other
# hint: the logits of a row depend on the other rows of the batch; each row is read by itself
class MixedModel(LanguageModel):
    def forward(self, tokens, hidden=None):
        logits, hidden = super().forward(tokens, hidden)
        return logits - logits.mean(dim=0, keepdim=True), hidden


def train_language_model(model, languages, num_steps=30, batch_size=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for _ in range(num_steps):
        batch = make_batch(GAME, languages, batch_size, generator).to(device)
        logits, _ = model(batch[:, :-1])
        each = F.cross_entropy(logits.mT, batch[:, 1:], reduction="none")
        words = translated(GAME, each).mean()
        optimizer.zero_grad()
        (words + 0.1 * each.mean()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append((each.mean().item(), words.item()))
    return model, losses


torch.manual_seed(0)
model, model_losses = train_language_model(MixedModel(GAME.num_tokens, 32, 128).to(device), train_languages)
