"""Wrong answers to the exercises of `toy_chooser`, each with a name and a hint: see course_lib/authoring/bank.py."""


# %% to_digits zero_is_nothing
# hint: the loop ends before it has written the 0 of 0; 0 is one digit, [FIRST, 0, LAST]
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    digits = []
    while number > 0:
        number, digit = divmod(number, 10)
        digits.insert(0, digit)
    return [FIRST] + digits + [LAST]


# %% to_digits filled_up_with_zeros
# hint: 42 became 0042; a number has as many symbols as digits, and two more
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [FIRST] + [int(c) for c in f"{number:04d}"] + [LAST]


# %% to_digits filled_up_with_pad
# hint: PAD stands in the number, as in the original's max_len; filling up is the work of collate
def to_digits(number, max_len=2):
    if number < 0:
        raise ValueError(number)
    digits = [int(c) for c in str(number)]
    while len(digits) < max_len:
        digits.append(PAD)
    return [FIRST] + digits + [LAST]


# %% to_digits pad_behind_last
# hint: PAD stands behind LAST; filling up is the work of collate
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    symbols = [FIRST] + [int(c) for c in str(number)] + [LAST]
    return symbols + [PAD] * (7 - len(symbols))


# %% to_digits from_the_ones_on
# hint: the digits come in reverse order; write them from the left
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [FIRST] + [int(c) for c in str(number)[::-1]] + [LAST]


# %% to_digits digits_only
# hint: FIRST and LAST are missing
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [int(c) for c in str(number)]


# %% to_digits no_last
# hint: LAST is missing at the end
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [FIRST] + [int(c) for c in str(number)]


# %% to_digits no_first
# hint: FIRST is missing at the start
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [int(c) for c in str(number)] + [LAST]


# %% to_digits marks_swapped
# hint: LAST stands first and FIRST last
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [LAST] + [int(c) for c in str(number)] + [FIRST]


# %% to_digits characters
# hint: the symbols are characters such as "4"; a digit stands for itself, as a number
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [FIRST, *str(number), LAST]


# %% to_digits codes_of_characters
# hint: ord gives 48 for "0"; a digit stands for itself
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [FIRST] + [ord(c) for c in str(number)] + [LAST]


# %% to_digits floats
# hint: the symbols are floats, and no table takes a float for an index
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return np.array([FIRST] + [int(c) for c in str(number)] + [LAST], dtype="float32")


# %% to_digits last_four_digits
# hint: only four digits are written, so 10000 looks like 0; numbers may be of any length
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [FIRST] + [int(c) for c in str(number)[-4:]] + [LAST]


# %% to_digits nothing_above_the_total
# hint: numbers above TOTAL are refused; only those below 0 cannot be written
def to_digits(number):
    if not 0 <= number <= TOTAL:
        raise ValueError(number)
    return [FIRST] + [int(c) for c in str(number)] + [LAST]


# %% to_digits zero_refused
# hint: 0 is refused; only numbers below 0 cannot be written
def to_digits(number):
    if number <= 0:
        raise ValueError(number)
    return [FIRST] + [int(c) for c in str(number)] + [LAST]


# %% to_digits sign_forgotten
# hint: -5 is written like 5; raise ValueError below 0
def to_digits(number):
    return [FIRST] + [int(c) for c in str(abs(number))] + [LAST]


# %% to_digits assertion
# hint: the error must be a ValueError; an assert gives another one, and none with python -O
def to_digits(number):
    assert number >= 0
    return [FIRST] + [int(c) for c in str(number)] + [LAST]


# %% to_digits pad_for_negative
# hint: a number below 0 cannot be written: raise ValueError, so that nobody trains on it
def to_digits(number):
    if number < 0:
        return [FIRST, PAD, LAST]
    return [FIRST] + [int(c) for c in str(number)] + [LAST]


# %% to_digits length_by_logarithm
# hint: the number of digits comes from a logarithm, which is rounded: 999999999999999999 has 18
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    count = int(math.log10(number)) + 1 if number else 1
    return [FIRST] + [number // 10**k % 10 for k in reversed(range(count))] + [LAST]


# %% to_digits divides_as_floats
# hint: / gives a float, which holds sixteen digits; // stays with whole numbers
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    digits = [int(number % 10)]
    while number >= 10:
        number = math.floor(number / 10)
        digits.insert(0, int(number % 10))
    return [FIRST] + digits + [LAST]


# %% to_digits python_ints_only
# hint: integers of numpy are refused, and rng.integers gives such numbers
def to_digits(number):
    if type(number) is not int or number < 0:
        raise ValueError(number)
    return [FIRST] + [int(c) for c in str(number)] + [LAST]


# %% to_digits each_digit_once
# hint: a digit that comes twice is written once; all of them are written, in their order
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [FIRST] + list(dict.fromkeys(int(c) for c in str(number))) + [LAST]


# %% to_digits zeros_at_the_end_lost
# hint: zeros at the end are lost: 700 is not 7
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    text = str(number).rstrip("0") or "0"
    return [FIRST] + [int(c) for c in text] + [LAST]


# %% to_digits one_list_for_all_calls
# hint: all calls write into one list; make a new one in each call
def to_digits(number, symbols=[FIRST]):
    if number < 0:
        raise ValueError(number)
    symbols += [int(c) for c in str(number)]
    return symbols + [LAST]


# %% to_digits tens_as_they_are
# hint: PAD is 10 here, and the marks 11 and 12 are written as digits 1 1 and 1 2
def to_digits(number):
    if number < 0:
        raise ValueError(number)
    return [int(c) for c in f"{FIRST}{number}{LAST}"]


# %% make_example right_one_first
# hint: the right option always comes first, as in the original; its place must be drawn
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = [total - number]
    while len(options) < count:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    return number, options, 0


# %% make_example right_one_last
# hint: the right option always comes last; its place must be drawn
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    return number, options + [total - number], count - 1


# %% make_example shuffled_but_place_0
# hint: options are shuffled, and the place that is returned is the one before
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = [total - number]
    while len(options) < count:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    rng.shuffle(options)
    return number, options, 0


# %% make_example never_the_last_place
# hint: with K - 1 wrong options there are K places to put the right one, the last one too
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    place = int(rng.integers(len(options))) if options else 0
    options.insert(place, total - number)
    return number, options, place


# %% make_example never_the_first_place
# hint: the right one never comes first; places are 0 to K - 1
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    place = int(rng.integers(1, count)) if count > 1 else 0
    options.insert(place, total - number)
    return number, options, place


# %% make_example one_option_too_many
# hint: K options are drawn and the right one is added: that makes K + 1
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    place = int(rng.integers(count + 1))
    options.insert(place, total - number)
    return number, options, place


# %% make_example never_max_options
# hint: rng.integers leaves its upper end out, so max_options never comes
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max(max_options, min_options + 1)))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    place = int(rng.integers(count))
    options.insert(place, total - number)
    return number, options, place


# %% make_example crashes_where_min_is_max
# hint: rng.integers(K, K) is empty: its upper end is left out, so write max_options + 1
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    place = int(rng.integers(count))
    options.insert(place, total - number)
    return number, options, place


# %% make_example number_never_total
# hint: rng.integers leaves its upper end out, so the number is never total
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    place = int(rng.integers(count))
    options.insert(place, total - number)
    return number, options, place


# %% make_example number_never_0
# hint: the number is never 0; it may be any of 0 to total
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(1, total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != total - number:
            options.append(option)
    place = int(rng.integers(count))
    options.insert(place, total - number)
    return number, options, place


# %% make_example wrong_ones_never_total
# hint: rng.integers leaves its upper end out, so no wrong option is total
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total)) if total > 1 else number
        if option != total - number:
            options.append(option)
    place = int(rng.integers(count))
    options.insert(place, total - number)
    return number, options, place


# %% make_example right_one_twice
# hint: a wrong option may be the right one; then two are right and one of them counts as wrong
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = [int(option) for option in rng.integers(total + 1, size=count)]
    place = int(rng.integers(count))
    options[place] = total - number
    return number, options, place


# %% make_example right_one_replaced_by_its_neighbour
# hint: the neighbour of the right one comes twice as often as the others: draw again, or leave one number out
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    right = total - number
    count = int(rng.integers(min_options, max_options + 1))
    drawn = [int(option) for option in rng.integers(total + 1, size=count)]
    options = [option if option != right else (right + 1) % (total + 1) for option in drawn]
    place = int(rng.integers(count))
    options[place] = right
    return number, options, place


# %% make_example fewer_where_the_right_one_came
# hint: a wrong option that is the right one is dropped, not drawn again, so one is missing
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = [int(option) for option in rng.integers(total + 1, size=count - 1) if option != total - number]
    place = int(rng.integers(len(options) + 1))
    options.insert(place, total - number)
    return number, options, place


# %% make_example without_the_number
# hint: the number itself is left out of the wrong options; it is the right one that must be left out
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != number:
            options.append(option)
    place = int(rng.integers(count))
    options.insert(place, total - number)
    return number, options, place


# %% make_example all_wrong_ones_different
# hint: no wrong option comes twice; they are independent, and may repeat each other
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    others = [option for option in range(total + 1) if option != total - number]
    options = [int(option) for option in rng.choice(others, size=min(count - 1, len(others)), replace=False)]
    options += [number] * (count - 1 - len(options))
    place = int(rng.integers(count))
    options.insert(place, total - number)
    return number, options, place


# %% make_example one_wrong_option_repeated
# hint: one wrong option is drawn and repeated; each is drawn by itself
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    wrong = int(rng.integers(total))
    options = [wrong + (wrong >= right)] * (count - 1)
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example wrong_ones_close_to_the_right_one
# hint: wrong options come from the neighbourhood of the right one; all other numbers are equally likely
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    near = [option for option in range(max(0, right - 3), min(total, right + 3) + 1) if option != right]
    options = [int(option) for option in rng.choice(near, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example sorted_options
# hint: the options are sorted, so the place tells something about the number
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = rng.integers(total, size=count - 1)
    options = sorted([right, *(int(option) + int(option >= right) for option in options)])
    return number, options, options.index(right)


# %% make_example wrong_ones_sorted
# hint: the wrong options are sorted; each of them is drawn by itself
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = rng.integers(total, size=count - 1)
    options = sorted(int(option) + int(option >= right) for option in options)
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example number_as_an_option
# hint: the option at the right place is the number itself; it is total - number
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    options = []
    while len(options) < count - 1:
        option = int(rng.integers(total + 1))
        if option != number:
            options.append(option)
    place = int(rng.integers(count))
    options.insert(place, number)
    return number, options, place


# %% make_example total_of_the_notebook
# hint: TOTAL is used instead of the argument total
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(TOTAL + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = TOTAL - number
    options = [int(option) + int(option >= right) for option in rng.integers(TOTAL, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example defaults_of_the_original
# hint: without sizes there are 2 to 10 options and the total is TOTAL
def make_example(rng, min_options=2, max_options=5, total=99):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example always_max_options
# hint: there are always max_options options; how many there are is drawn
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=max_options - 1)]
    place = int(rng.integers(max_options))
    options.insert(place, right)
    return number, options, place


# %% make_example min_options_ignored
# hint: the fewest options are min_options, not always two
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min(2, max_options), max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example larger_of_two_draws
# hint: the number is the larger of two draws; it is uniform
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1, size=2).max())
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example random_of_python
# hint: random.randint draws from Python's generator; everything comes from rng
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    import random

    number = random.randint(0, total)
    count = random.randint(min_options, max_options)
    options = []
    while len(options) < count - 1:
        option = random.randint(0, total)
        if option != total - number:
            options.append(option)
    place = random.randint(0, count - 1)
    options.insert(place, total - number)
    return number, options, place


# %% make_example global_numpy
# hint: np.random.randint draws from numpy's global generator; everything comes from rng
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(np.random.randint(total + 1))
    count = int(np.random.randint(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in np.random.randint(total, size=count - 1)]
    place = int(np.random.randint(count))
    options.insert(place, right)
    return number, options, place


# %% make_example shuffled_by_python
# hint: random.shuffle draws from Python's generator; everything comes from rng
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    import random

    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [right] + [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    random.shuffle(options)
    return number, options, options.index(right)


# %% make_example own_seed
# hint: a generator is made in each call, so every problem is the same one; use the rng that is given
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    rng = np.random.default_rng(0)
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example own_generator_without_seed
# hint: a generator is made in each call, so nobody can repeat a run; use the rng that is given
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    rng = np.random.default_rng()
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place


# %% make_example integers_of_numpy
# hint: numbers and options are numpy's integers; they are to be plain ints: int(...), .tolist()
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = rng.integers(total + 1)
    options = rng.integers(total, size=rng.integers(min_options, max_options + 1))
    options += options >= total - number
    place = rng.integers(len(options))
    options[place] = total - number
    return number, list(options), place


# %% make_example options_as_an_array
# hint: the options are an array; they are to be a list of plain ints: .tolist()
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    options = rng.integers(total, size=rng.integers(min_options, max_options + 1))
    options += options >= total - number
    place = int(rng.integers(len(options)))
    options[place] = total - number
    return number, options, place


# %% make_example symbols_as_in_the_original
# hint: numbers are returned as symbols; that is the work of collate
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return to_digits(number), [to_digits(option) for option in options], place


# %% make_example right_option_instead_of_its_place
# hint: the third part is the right option; it is to be its place
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    options.insert(int(rng.integers(count)), right)
    return number, options, right


# %% make_example places_from_1
# hint: places are counted from 1 here; they start at 0
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, options, place + 1


# %% make_example place_before_options
# hint: the three parts are in another order: the number, the options, the place
def make_example(rng, min_options=2, max_options=10, total=TOTAL):
    number = int(rng.integers(total + 1))
    count = int(rng.integers(min_options, max_options + 1))
    right = total - number
    options = [int(option) + int(option >= right) for option in rng.integers(total, size=count - 1)]
    place = int(rng.integers(count))
    options.insert(place, right)
    return number, place, options


# %% collate padded_with_0
# hint: rows are filled up with 0, which is a digit; fill up with PAD
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers, options = torch.zeros(B, T, dtype=torch.int64), torch.zeros(B, K, U, dtype=torch.int64)
    lengths = torch.zeros(B, K, dtype=torch.int64)
    for b in range(B):
        numbers[b, : len(number_rows[b])] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[b, k, : len(row)] = torch.tensor(row)
            lengths[b, k] = len(row)
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate no_option_is_0
# hint: rows where there is no option are 0, which is a digit; fill them with PAD
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers, options = torch.full((B, T), PAD), torch.zeros(B, K, U, dtype=torch.int64)
    lengths = torch.zeros(B, K, dtype=torch.int64)
    for b in range(B):
        numbers[b, : len(number_rows[b])] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[b, k] = torch.tensor(row + [PAD] * (U - len(row)))
            lengths[b, k] = len(row)
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate padded_in_front
# hint: PAD stands before the symbols; it comes after them
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers, options = torch.full((B, T), PAD), torch.full((B, K, U), PAD)
    lengths = torch.zeros(B, K, dtype=torch.int64)
    for b in range(B):
        numbers[b, T - len(number_rows[b]) :] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[b, k, U - len(row) :] = torch.tensor(row)
            lengths[b, k] = len(row)
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate one_width_for_both
# hint: numbers and options are filled up to one length; T is that of the numbers, U that of the options
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T = U = max(max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows))
    numbers, options = torch.full((B, T), PAD), torch.full((B, K, U), PAD)
    lengths = torch.zeros(B, K, dtype=torch.int64)
    for b in range(B):
        numbers[b, : len(number_rows[b])] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[b, k, : len(row)] = torch.tensor(row)
            lengths[b, k] = len(row)
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate seven_columns
# hint: rows always have the seven columns that 10000 needs; T and U are what this batch needs
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    T = U = 7
    numbers, options = torch.full((B, T), PAD), torch.full((B, K, U), PAD)
    sizes, lengths = torch.zeros(B, dtype=torch.int64), torch.zeros(B, K, dtype=torch.int64)
    for b, (number, some, _) in enumerate(examples):
        row = encode(number)
        numbers[b, : len(row)] = torch.tensor(row)
        sizes[b] = len(row)
        for k, option in enumerate(some):
            row = encode(option)
            options[b, k, : len(row)] = torch.tensor(row)
            lengths[b, k] = len(row)
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate ten_options
# hint: there is always room for ten options; K is the largest number of options in this batch
def collate(examples, encode=to_digits):
    B, K = len(examples), 10
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


# %% collate options_of_the_first_problem
# hint: K is taken from the first problem; it is the largest number of options in the batch
def collate(examples, encode=to_digits):
    B, K = len(examples), len(examples[0][1])
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options[:K]] for _, options, _ in examples]
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


# %% collate equally_many_options_only
# hint: torch.tensor takes no ragged list: fill up the problems with fewer options
def collate(examples, encode=to_digits):
    number_rows = [torch.tensor(encode(number)) for number, _, _ in examples]
    numbers = pad_sequence(number_rows, batch_first=True, padding_value=PAD)
    option_rows = [torch.tensor(encode(option)) for _, options, _ in examples for option in options]
    options = pad_sequence(option_rows, batch_first=True, padding_value=PAD)
    options = options.view(len(examples), len(examples[0][1]), -1)
    lengths = torch.tensor([[len(encode(option)) for option in options] for _, options, _ in examples])
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate filled_with_the_options_of_the_next
# hint: options of the next problem stand where this one has none; each problem has rows of its own
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [torch.tensor(encode(number)) for number, _, _ in examples]
    numbers = pad_sequence(number_rows, batch_first=True, padding_value=PAD)
    rows = [torch.tensor(encode(option)) for _, options, _ in examples for option in options]
    padded = pad_sequence(rows, batch_first=True, padding_value=PAD)
    options = torch.full((B * K, padded.shape[1]), PAD)
    options[: len(rows)] = padded
    lengths = torch.zeros(B * K, dtype=torch.int64)
    lengths[: len(rows)] = torch.tensor([len(row) for row in rows])
    mask = torch.arange(K) < torch.tensor([len(options) for _, options, _ in examples])[:, None]
    sizes = torch.tensor([len(row) for row in number_rows])
    places = torch.tensor([place for _, _, place in examples])
    return Batch(numbers, sizes, options.view(B, K, -1), lengths.view(B, K), mask, places)


# %% collate missing_options_of_length_1
# hint: where there is no option the length is 1; it is 0
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
    places = torch.tensor([place for _, _, place in examples])
    return Batch(numbers, sizes, options, lengths.clamp(min=1), lengths > 0, places)


# %% collate lengths_of_the_rectangle
# hint: all lengths are those of the rectangle; they are the lengths of what encode gives
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
            lengths[b, k] = U
    return Batch(numbers, torch.full((B,), T), options, lengths, lengths > 0, torch.tensor([p for _, _, p in examples]))


# %% collate lengths_without_marks
# hint: lengths count the digits without FIRST and LAST; they count all symbols
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers, options = torch.full((B, T), PAD), torch.full((B, K, U), PAD)
    lengths, mask = torch.zeros(B, K, dtype=torch.int64), torch.zeros(B, K, dtype=torch.bool)
    for b in range(B):
        numbers[b, : len(number_rows[b])] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[b, k, : len(row)] = torch.tensor(row)
            lengths[b, k] = len(row) - 2
            mask[b, k] = True
    sizes = torch.tensor([len(row) - 2 for row in number_rows])
    return Batch(numbers, sizes, options, lengths, mask, torch.tensor([place for _, _, place in examples]))


# %% collate lengths_as_floats
# hint: torch.zeros gives floats; lengths are int64
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers, options = torch.full((B, T), PAD), torch.full((B, K, U), PAD)
    lengths = torch.zeros(B, K)
    for b in range(B):
        numbers[b, : len(number_rows[b])] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[b, k, : len(row)] = torch.tensor(row)
            lengths[b, k] = len(row)
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate mask_of_symbols
# hint: the mask has an entry for each symbol; it has one for each option, (B, K)
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
    return Batch(numbers, sizes, options, lengths, options != PAD, torch.tensor([place for _, _, place in examples]))


# %% collate mask_inverted
# hint: the mask is True where there is no option; it is True where there is one
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
    return Batch(numbers, sizes, options, lengths, lengths == 0, torch.tensor([place for _, _, place in examples]))


# %% collate mask_all_true
# hint: the mask is True everywhere; it is False where a problem has no further option
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
    mask = torch.ones(B, K, dtype=torch.bool)
    return Batch(numbers, sizes, options, lengths, mask, torch.tensor([place for _, _, place in examples]))


# %% collate mask_of_ints
# hint: the mask is of ints, and options[mask] would look rows up by number; it is bool
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
    mask = (lengths > 0).long()
    return Batch(numbers, sizes, options, lengths, mask, torch.tensor([place for _, _, place in examples]))


# %% collate answers_in_a_column
# hint: answers are (B, 1); they are (B,), as the loss wants them
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
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([[place] for _, _, place in examples]))


# %% collate answers_one_hot
# hint: answers are vectors with one 1; they are places, (B,)
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
    answers = F.one_hot(torch.tensor([place for _, _, place in examples]), K)
    return Batch(numbers, sizes, options, lengths, lengths > 0, answers)


# %% collate answers_all_0
# hint: the answers are 0, as in the original; they are the places that the examples give
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
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.zeros(B, dtype=torch.int64))


# %% collate longest_problem_first
# hint: the problems are sorted by length; they stay in their order
def collate(examples, encode=to_digits):
    examples = sorted(examples, key=lambda example: -len(encode(example[0])))
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


# %% collate encode_ignored
# hint: to_digits is called, whatever encode is; call encode
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [to_digits(number) for number, _, _ in examples]
    option_rows = [[to_digits(option) for option in options] for _, options, _ in examples]
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


# %% collate encode_for_numbers_only
# hint: options are written by to_digits; encode is for numbers and options alike
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[to_digits(option) for option in options] for _, options, _ in examples]
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


# %% collate lengths_count_zeros_as_padding
# hint: lengths count the symbols that are not 0, but 0 is a digit; count what encode gives
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers, options = torch.full((B, T), PAD), torch.full((B, K, U), PAD)
    for b in range(B):
        numbers[b, : len(number_rows[b])] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[b, k, : len(row)] = torch.tensor(row)
    real = (options != PAD) & (options != 0)
    sizes = ((numbers != PAD) & (numbers != 0)).sum(dim=1)
    mask = (options != PAD).any(dim=2)
    return Batch(numbers, sizes, options, real.sum(dim=2), mask, torch.tensor([place for _, _, place in examples]))


# %% collate options_turned
# hint: options are (K, B, U), as torch likes it without batch_first; they are (B, K, U)
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(option) for option in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers, options = torch.full((B, T), PAD), torch.full((K, B, U), PAD)
    lengths = torch.zeros(B, K, dtype=torch.int64)
    for b in range(B):
        numbers[b, : len(number_rows[b])] = torch.tensor(number_rows[b])
        for k, row in enumerate(option_rows[b]):
            options[k, b, : len(row)] = torch.tensor(row)
            lengths[b, k] = len(row)
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, lengths > 0, torch.tensor([place for _, _, place in examples]))


# %% collate fills_up_the_examples
# hint: the lists of options in the examples grow; they belong to the caller
def collate(examples, encode=to_digits):
    B, K = len(examples), max(len(options) for _, options, _ in examples)
    mask = torch.tensor([[k < len(options) for k in range(K)] for _, options, _ in examples])
    for _, options, _ in examples:
        options.extend([None] * (K - len(options)))
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[[] if o is None else encode(o) for o in options] for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers = torch.tensor([row + [PAD] * (T - len(row)) for row in number_rows])
    options = torch.tensor([[row + [PAD] * (U - len(row)) for row in rows] for rows in option_rows])
    lengths = torch.tensor([[len(row) for row in rows] for rows in option_rows])
    sizes = torch.tensor([len(row) for row in number_rows])
    return Batch(numbers, sizes, options, lengths, mask, torch.tensor([place for _, _, place in examples]))


# %% collate number_among_the_options
# hint: the number stands as an option of its own; options are those of the example only
def collate(examples, encode=to_digits):
    examples = [(number, [*options, number], place) for number, options, place in examples]
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


# %% collate lists
# hint: the batch is made of lists; all six parts are tensors
def collate(examples, encode=to_digits):
    K = max(len(options) for _, options, _ in examples)
    number_rows = [encode(number) for number, _, _ in examples]
    option_rows = [[encode(o) for o in options] + [[]] * (K - len(options)) for _, options, _ in examples]
    T, U = max(map(len, number_rows)), max(len(row) for rows in option_rows for row in rows)
    numbers = [row + [PAD] * (T - len(row)) for row in number_rows]
    options = [[row + [PAD] * (U - len(row)) for row in rows] for rows in option_rows]
    lengths = [[len(row) for row in rows] for rows in option_rows]
    mask = [[bool(row) for row in rows] for rows in option_rows]
    return Batch(numbers, [len(row) for row in number_rows], options, lengths, mask, [p for _, _, p in examples])


# %% final_states last_column
# hint: out[:, -1], as in the original: there the backward half has read one symbol only
def final_states(rnn, x, lengths):
    return rnn(x)[0][:, -1]


# %% final_states last_symbol_of_both
# hint: out at the last symbol: the backward half has read only that one; take its state at the first
def final_states(rnn, x, lengths):
    out, _ = rnn(x)
    return out[torch.arange(len(x), device=x.device), lengths.to(x.device) - 1]


# %% final_states packed_but_last_symbol_of_both
# hint: packed, but both halves are taken at the last symbol, where the backward half has read one
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    out, _ = pad_packed_sequence(rnn(packed)[0], batch_first=True)
    return out[torch.arange(len(x), device=x.device), lengths.to(x.device) - 1]


# %% final_states packed_but_last_column
# hint: out[:, -1] after unpacking is 0 for all shorter rows
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    out, _ = pad_packed_sequence(rnn(packed)[0], batch_first=True)
    return out[:, -1]


# %% final_states hidden_without_packing
# hint: the last states, but of rows with their padding: pack them first
def final_states(rnn, x, lengths):
    _, (hidden, _) = rnn(x)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states backward_through_padding
# hint: forward is right; backward starts in the padding, so its state at time 0 depends on it: pack
def final_states(rnn, x, lengths):
    out, _ = rnn(x)
    H = rnn.hidden_size
    rows = torch.arange(len(x), device=x.device)
    return torch.cat([out[rows, lengths.to(x.device) - 1, :H], out[:, 0, H:]], dim=1)


# %% final_states first_column_of_both
# hint: out[:, 0]: there the forward half has read one symbol only
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    out, _ = pad_packed_sequence(rnn(packed)[0], batch_first=True)
    return out[:, 0]


# %% final_states order_not_restored
# hint: rows were sorted for packing and not put back in their order
def final_states(rnn, x, lengths):
    sizes, order = lengths.sort(descending=True)
    packed = pack_padded_sequence(x[order], sizes.cpu(), batch_first=True)
    _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states order_applied_twice
# hint: the order is applied once more instead of undone: order.argsort() undoes it
def final_states(rnn, x, lengths):
    sizes, order = lengths.sort(descending=True)
    packed = pack_padded_sequence(x[order], sizes.cpu(), batch_first=True)
    _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[0], hidden[1]], dim=1)[order]


# %% final_states sorted_rows_only
# hint: packing without enforce_sorted=False wants the longest row first; rows come in any order
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True)
    _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states rows_mixed
# hint: hidden is (2, N, H), and view(N, -1) cuts it across rows; cat its two halves along H
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return hidden.view(len(x), -1)


# %% final_states halves_swapped
# hint: the backward half comes first; forward, then backward
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[1], hidden[0]], dim=1)


# %% final_states halves_added
# hint: the halves are added; they stand side by side, (N, 2H)
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return hidden[0] + hidden[1]


# %% final_states halves_stacked
# hint: this is (2, N, H) as torch gives it; the halves stand side by side, (N, 2H)
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return hidden


# %% final_states forward_only
# hint: only the forward half is there
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return hidden[0]


# %% final_states backward_only
# hint: hidden[-1] is the backward half alone
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return hidden[-1]


# %% final_states one_half_twice
# hint: the same half stands there twice
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[-1], hidden[-1]], dim=1)


# %% final_states cells
# hint: these are the cells c; the states are h, the first of the pair
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (_, hidden) = rnn(packed)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states mean_over_time
# hint: the mean over the states of all symbols; only the final one of each direction is asked
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    out, sizes = pad_packed_sequence(rnn(packed)[0], batch_first=True)
    return out.sum(dim=1) / lengths.to(out)[:, None]


# %% final_states maximum_over_time
# hint: the maximum over all symbols; only the final state of each direction is asked
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    out, _ = pad_packed_sequence(rnn(packed)[0], batch_first=True, padding_value=-math.inf)
    return out.max(dim=1).values


# %% final_states one_symbol_short
# hint: the last symbol of each row is not read: lengths are lengths, not places
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, (lengths - 1).clamp(min=1).cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states one_symbol_too_far
# hint: one symbol of padding is read: the last symbol has the index length - 1
def final_states(rnn, x, lengths):
    out, _ = rnn(x)
    H = rnn.hidden_size
    rows = torch.arange(len(x), device=x.device)
    last = lengths.to(x.device).clamp(max=x.shape[1] - 1)
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    backward = rnn(packed)[1][0][1]
    return torch.cat([out[rows, last, :H], backward], dim=1)


# %% final_states padding_set_to_zero
# hint: zeros in the padding are read like anything else, and the state moves on: pack
def final_states(rnn, x, lengths):
    real = torch.arange(x.shape[1], device=x.device) < lengths.to(x.device)[:, None]
    _, (hidden, _) = rnn(x * real[..., None])
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states detached
# hint: without gradients the reader is never trained: no detach, no no_grad
def final_states(rnn, x, lengths):
    with torch.no_grad():
        packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
        _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states writes_into_x
# hint: x is changed in place; it belongs to the caller
def final_states(rnn, x, lengths):
    for row, length in zip(x, lengths.tolist(), strict=True):
        row.data[length:] = 0
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states lengths_sorted_in_place
# hint: the lengths are sorted in place; they belong to the caller
def final_states(rnn, x, lengths):
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    lengths.copy_(lengths.sort(descending=True).values)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% final_states new_lstm
# hint: a new LSTM with random weights reads here; use the rnn that is given
def final_states(rnn, x, lengths):
    torch.manual_seed(0)
    rnn = nn.LSTM(x.shape[2], rnn.hidden_size, batch_first=True, bidirectional=True).to(x)
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (hidden, _) = rnn(packed)
    return torch.cat([hidden[0], hidden[1]], dim=1)


# %% mlp_scorer y_before_x
# hint: y comes before x; the order is x, y, x * y
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [y, x, x * y] if self.product else [y, x]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer product_first
# hint: the product comes first; the order is x, y, x * y
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x * y, x, y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer difference
# hint: this is x - y; the third part is the product x * y
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x - y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer absolute_difference
# hint: this is |x - y|; the third part is the product x * y
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, (x - y).abs()] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer sum
# hint: this is x + y; the third part is the product x * y
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x + y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer dot_product
# hint: the third part is one number, the dot product; it is x * y, number by number: P numbers
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(nn.Linear(2 * proj_size + int(product), proj_size), nn.ReLU(), nn.Linear(proj_size, 1))

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, (x * y).sum(dim=2, keepdim=True)] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer product_only
# hint: only the product is read; x and y belong to the input too
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((1 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer product_always
# hint: the product is there with product=False too
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(nn.Linear(3 * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1))

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer product_never
# hint: the product is missing with product=True
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(nn.Linear(2 * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1))

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer product_inverted
# hint: product=True leaves the product out, and False brings it
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((2 if product else 3) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if not self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer without_product_by_default
# hint: product is True by default
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=False):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer no_relu
# hint: without ReLU two linear layers are one
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(nn.Linear((3 if product else 2) * proj_size, proj_size), nn.Linear(proj_size, 1))

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer identity_for_relu
# hint: there is no ReLU between the layers, so both are one linear map
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.Identity(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer tanh
# hint: there is a tanh between the layers; it is a ReLU
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.Tanh(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer relu_at_the_end
# hint: a ReLU at the end makes all bad options equal: scores may be negative
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2).relu()


# %% mlp_scorer sigmoid_at_the_end
# hint: no sigmoid at the end: the loss takes scores, and sets the options against each other itself
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2).sigmoid()


# %% mlp_scorer softmax_at_the_end
# hint: no softmax at the end: the loss has one
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2).softmax(dim=1)


# %% mlp_scorer wide_hidden_layer
# hint: the hidden layer is as wide as the input, as in an early version of the original; it has P
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, (3 if product else 2) * proj_size),
            nn.ReLU(),
            nn.Linear((3 if product else 2) * proj_size, 1),
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer no_bias
# hint: both linear layers have a bias
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size, bias=False),
            nn.ReLU(),
            nn.Linear(proj_size, 1, bias=False),
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer another_name
# hint: the layers must be in the attribute mlp
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mix_mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mix_mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer not_squeezed
# hint: the scores are (B, K, 1); squeeze the last dimension
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2))


# %% mlp_scorer squeezed_too_much
# hint: squeeze() drops every dimension of size 1, also a batch of one
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze()


# %% mlp_scorer problems_mixed
# hint: x.repeat(K, 1) sets x 0, 1, 2, 0, ... beside the options; repeat_interleave keeps each beside its own
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        shape = y.shape
        x, y = x.repeat(shape[1], 1), y.reshape(-1, shape[2])
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=1)).view(shape[:2])


# %% mlp_scorer scores_turned
# hint: the scores are read into (K, B) and turned, so they belong to other pairs
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).view(y.shape[1], y.shape[0]).T


# %% mlp_scorer first_number_for_all
# hint: all options are compared with the number of the first problem
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:1, None].expand_as(y)
        parts = [x, y, x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer layers_made_in_forward
# hint: the scorer has no layers that keep their weights: made in forward they are new in each call; make them in __init__
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.proj_size, self.product = proj_size, product

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = torch.cat([x, y, x * y] if self.product else [x, y], dim=2)
        mlp = nn.Sequential(nn.Linear(parts.shape[2], self.proj_size), nn.ReLU(), nn.Linear(self.proj_size, 1)).to(y)
        return mlp(parts).squeeze(2)


# %% mlp_scorer product_detached
# hint: the product is detached, so that no gradient comes back through it
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y, (x * y).detach()] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% mlp_scorer multiplies_in_place
# hint: y is multiplied in place; it belongs to the caller
class MLPScorer(nn.Module):
    def __init__(self, proj_size, product=True):
        super().__init__()
        self.product = product
        self.mlp = nn.Sequential(
            nn.Linear((3 if product else 2) * proj_size, proj_size), nn.ReLU(), nn.Linear(proj_size, 1)
        )

    def forward(self, x, y):
        x = x[:, None].expand_as(y)
        parts = [x, y.clone(), y.data.mul_(x.data) + 0 * x * y] if self.product else [x, y]
        return self.mlp(torch.cat(parts, dim=2)).squeeze(2)


# %% cosine_scorer no_scale
# hint: scale is not used; scores are scale times the cosine
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return F.cosine_similarity(x[:, None], y, dim=2)


# %% cosine_scorer scale_1_by_default
# hint: scale is 10 by default
class CosineScorer(nn.Module):
    def __init__(self, scale=1.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * F.cosine_similarity(x[:, None], y, dim=2)


# %% cosine_scorer divided_by_scale
# hint: the cosine is divided by scale, as by a temperature; here it is multiplied
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return F.cosine_similarity(x[:, None], y, dim=2) / self.scale


# %% cosine_scorer scale_added
# hint: scale is added; it is a factor
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale + F.cosine_similarity(x[:, None], y, dim=2)


# %% cosine_scorer dot_product
# hint: this is the dot product, which grows with the lengths of the vectors; divide by both
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * torch.einsum("bp,bkp->bk", x, y)


# %% cosine_scorer options_not_divided
# hint: only x is divided by its length
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * (F.normalize(x, dim=1)[:, None] * y).sum(dim=2)


# %% cosine_scorer numbers_not_divided
# hint: only y is divided by its length
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * (x[:, None] * F.normalize(y, dim=2)).sum(dim=2)


# %% cosine_scorer normalized_over_the_options
# hint: normalize divides along dim=1 by default, which are the options of y; take the last
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * (F.normalize(x)[:, None] * F.normalize(y)).sum(dim=2)


# %% cosine_scorer normalized_over_the_batch
# hint: the vectors are divided along the batch; each is divided by its own length
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * (F.normalize(x, dim=0)[:, None] * F.normalize(y, dim=2)).sum(dim=2)


# %% cosine_scorer absolute_value
# hint: the sign is lost: opposite vectors have the score -scale
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return (self.scale * F.cosine_similarity(x[:, None], y, dim=2)).abs()


# %% cosine_scorer squared_lengths
# hint: the vectors are divided by the squares of their lengths
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return (
            self.scale
            * (x[:, None] * y).sum(dim=2)
            / (x.square().sum(dim=1)[:, None] * y.square().sum(dim=2)).clamp(min=1e-12)
        )


# %% cosine_scorer distance
# hint: 1 - cosine is a distance: it is least for the best option
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * (1 - F.cosine_similarity(x[:, None], y, dim=2))


# %% cosine_scorer euclidean
# hint: this is the distance of two points; the cosine knows only the angle
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return -self.scale * (x[:, None] - y).norm(dim=2)


# %% cosine_scorer centred
# hint: the means are subtracted, which makes it a correlation
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * F.cosine_similarity(
            (x - x.mean(dim=1, keepdim=True))[:, None], y - y.mean(dim=2, keepdim=True), dim=2
        )


# %% cosine_scorer softmax
# hint: no softmax: the loss has one
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return (self.scale * F.cosine_similarity(x[:, None], y, dim=2)).softmax(dim=1)


# %% cosine_scorer angle
# hint: this is the angle; the score is its cosine
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return -self.scale * torch.acos(0.999999 * F.cosine_similarity(x[:, None], y, dim=2))


# %% cosine_scorer half_the_range
# hint: the cosine is moved to 0 ... 1; it is -1 to 1
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * (F.cosine_similarity(x[:, None], y, dim=2) + 1) / 2


# %% cosine_scorer learned_scale
# hint: scale is a parameter here, and would be trained; it is a number
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(float(scale)))

    def forward(self, x, y):
        return self.scale * F.cosine_similarity(x[:, None], y, dim=2)


# %% cosine_scorer nan_at_zero
# hint: 0 / 0 is nan: a vector of zeros has the score 0
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * (x[:, None] * y).sum(dim=2) / (x.norm(dim=1)[:, None] * y.norm(dim=2))


# %% cosine_scorer large_eps
# hint: 1 is added to the lengths, so that short vectors get lower scores
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * (x[:, None] * y).sum(dim=2) / ((x.norm(dim=1)[:, None] + 1) * (y.norm(dim=2) + 1))


# %% cosine_scorer zeros_are_like_anything
# hint: a vector of zeros has the score 0, not the largest one
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * F.cosine_similarity(x[:, None], y, dim=2).masked_fill(
            (y == 0).all(2) | (x == 0).all(1)[:, None], 1
        )


# %% cosine_scorer squeezed_too_much
# hint: squeeze() drops every dimension of size 1, also a batch of one
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return (self.scale * F.cosine_similarity(x[:, None], y, dim=2)).squeeze()


# %% cosine_scorer first_number_for_all
# hint: all options are compared with the number of the first problem
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * F.cosine_similarity(x[:1, None], y, dim=2)


# %% cosine_scorer along_the_options
# hint: the cosine is taken along dim=1, which are the options; take the last one
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return self.scale * F.cosine_similarity(x[:, None], y, dim=1)


# %% cosine_scorer detached
# hint: without gradients nothing before this scorer is trained
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        return (self.scale * F.cosine_similarity(x[:, None], y, dim=2)).detach()


# %% cosine_scorer divides_in_place
# hint: x is divided in place; it belongs to the caller
class CosineScorer(nn.Module):
    def __init__(self, scale=10.0):
        super().__init__()
        self.scale = scale

    def forward(self, x, y):
        x.data.div_(x.data.norm(dim=1, keepdim=True).clamp(min=1e-8))
        return self.scale * F.cosine_similarity(x[:, None], y, dim=2)


# %% toy_chooser readers_swapped
# hint: sent_rnn reads the options and option_rnn the number
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.option_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.sent_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser projections_swapped
# hint: sent_proj projects the options and option_proj the number
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
        B, K, U = batch.options.shape
        x = self.option_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.sent_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser one_reader_for_both
# hint: options are read by sent_rnn; they have a reader of their own
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.sent_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser one_projection_for_both
# hint: options are projected by sent_proj; they have a projection of their own
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.sent_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser shared_from_the_start
# hint: one reader and one projection serve both; there are two of each
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = self.sent_rnn
        self.option_proj = self.sent_proj
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser tables_apart
# hint: numbers and options have tables of their own; one table serves both
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.option_embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = (
            self.option_embeddings(batch.options).view(B * K, U, -1),
            batch.option_lengths.clamp(min=1).view(-1),
        )
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser no_padding_idx
# hint: the table does not know of PAD: padding_idx=PAD
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser padding_idx_0
# hint: padding_idx is 0 here, which is a digit; it is PAD
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=0)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser table_one_too_small
# hint: the table has no row for LAST: NUM_SYMBOLS rows
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS - 1, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser table_of_the_original
# hint: the table has 14 rows, as in the original, whose marks were 11 to 13; here are NUM_SYMBOLS
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(14, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser one_direction
# hint: the readers have one direction: bidirectional=True, and 2H numbers to project
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.sent_proj = nn.Linear(hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True)
        self.option_proj = nn.Linear(hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser hidden_size_of_both_directions
# hint: hidden_size is split between the directions; it is that of each
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size // 2, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size // 2, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser not_batch_first
# hint: the readers walk over the problems: batch_first=True
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser two_layers
# hint: the readers have two layers; they have one
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, 2, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, 2, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser projections_without_bias
# hint: the projections have a bias
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size, bias=False)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size, bias=False)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser sizes_fixed
# hint: the sizes are fixed numbers; use the arguments
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        embed_size, hidden_size, proj_size = 32, 64, 128
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser other_default_sizes
# hint: by default D = 32, H = 64 and P = 128
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=64, hidden_size=64, proj_size=64, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.scorer, self.read = scorer, read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser read_ignored
# hint: final_states is called, whatever read is; call self.read
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
        B, K, U = batch.options.shape
        x = self.sent_proj(final_states(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(final_states(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser last_column_instead_of_read
# hint: out[:, -1] instead of read, as in the original
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.sent_rnn(self.embeddings(batch.numbers))[0][:, -1])
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.option_rnn(rows)[0][:, -1]).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser scorer_ignored
# hint: the score is a dot product, whatever scorer is; call self.scorer
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return (x[:, None] * y).sum(dim=2).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser scorer_hidden
# hint: the scorer's weights are not among the chooser's, as if it were in a list, so they are never trained; make it an attribute
class ToyChooser(nn.Module):
    def __init__(self, scorer, embed_size=32, hidden_size=64, proj_size=128, read=final_states):
        super().__init__()
        self.embeddings = nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)
        self.sent_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.sent_proj = nn.Linear(2 * hidden_size, proj_size)
        self.option_rnn = nn.LSTM(embed_size, hidden_size, batch_first=True, bidirectional=True)
        self.option_proj = nn.Linear(2 * hidden_size, proj_size)
        self.parts, self.read = [scorer], read

    def forward(self, batch):
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.parts[0](x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser scorer_given_pairs_of_rows
# hint: the scorer takes x (B, P) and y (B, K, P), not rows of pairs
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return (
            self.scorer(x.repeat_interleave(K, dim=0), y.view(B * K, -1)).view(B, K).masked_fill(~batch.mask, -math.inf)
        )


# %% toy_chooser x_and_y_swapped
# hint: the scorer takes x first, then y
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(y[:, 0], x[:, None].expand_as(y)).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser no_mask
# hint: what is no option has a score and may win: -math.inf where mask is False
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y)


# %% toy_chooser zero_for_no_option
# hint: 0 is a good score where others are negative: -math.inf where there is no option
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, 0.0)


# %% toy_chooser large_number_for_no_option
# hint: -1e9 is not minus infinity
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -1e9)


# %% toy_chooser mask_inverted
# hint: the real options got minus infinity: mask is True where there is an option
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(batch.mask, -math.inf)


# %% toy_chooser mask_times_infinity
# hint: 0 * inf is nan: put -math.inf in place with masked_fill or torch.where
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y) + (~batch.mask) * -math.inf


# %% toy_chooser softmax
# hint: the softmax is in the loss: scores go out as the scorer gives them
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return (self.scorer(x, y).masked_fill(~batch.mask, -math.inf)).softmax(dim=1)


# %% toy_chooser log_softmax
# hint: the loss has a log-softmax: scores go out as the scorer gives them
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return (self.scorer(x, y).masked_fill(~batch.mask, -math.inf)).log_softmax(dim=1)


# %% toy_chooser tanh_on_the_projections
# hint: there is a tanh on the projected vectors; the projection is all
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
        B, K, U = batch.options.shape
        x = torch.tanh(self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths)))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = torch.tanh(self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1))
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser lengths_of_the_rectangle
# hint: rows are read with their padding: give read the lengths of the batch
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
        B, K, U = batch.options.shape
        x = self.sent_proj(
            self.read(
                self.sent_rnn,
                self.embeddings(batch.numbers),
                torch.full_like(batch.number_lengths, batch.numbers.shape[1]),
            )
        )
        rows, lengths = (
            self.embeddings(batch.options).view(B * K, U, -1),
            torch.full((B * K,), U, device=batch.options.device),
        )
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser options_read_with_padding
# hint: options are read with their padding: give read their lengths
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = (
            self.embeddings(batch.options).view(B * K, U, -1),
            torch.full((B * K,), U, device=batch.options.device),
        )
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser length_0_read
# hint: where there is no option the length is 0, and packing refuses that: leave those out, or clamp
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser problems_mixed
# hint: the vectors are read into (K, B) and turned, so options change their problems
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(K, B, -1).transpose(0, 1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser options_in_reverse
# hint: the options come out in reverse order
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1).flip(1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser options_gathered_to_the_wrong_rows
# hint: the vectors of real options fill the rows from the first on; y[mask] = vectors puts them in place
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options[batch.mask]), batch.option_lengths[batch.mask]
        found = self.option_proj(self.read(self.option_rnn, rows, lengths))
        y = F.pad(found, (0, 0, 0, B * K - len(found))).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser first_problem_only
# hint: only the first problem is read, as in the original, whose batch is of one
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))[:1]
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)[:1]
        return self.scorer(x, y).expand(B, K).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser centred_over_the_batch
# hint: the mean over the batch is subtracted, so other problems decide the scores
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        x = x - x.mean(dim=0)
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser centred_over_the_options
# hint: the mean over the K vectors is subtracted, also of those that are no options
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        y = y - y.mean(dim=1, keepdim=True)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser reader_detached
# hint: the vectors are detached, so the readers and the table are never trained
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths)).detach()
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1).detach()
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser table_detached
# hint: the symbols are embedded without gradients, so the table is never trained
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers).detach(), batch.number_lengths))
        rows, lengths = (
            self.embeddings(batch.options).detach().view(B * K, U, -1),
            batch.option_lengths.clamp(min=1).view(-1),
        )
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser writes_into_the_batch
# hint: the lengths of the batch are clamped in place; they belong to the caller
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp_(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return self.scorer(x, y).masked_fill(~batch.mask, -math.inf)


# %% toy_chooser looks_at_the_answers
# hint: the right option gets a higher score because the batch says so: a model must not see the answers
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
        B, K, U = batch.options.shape
        x = self.sent_proj(self.read(self.sent_rnn, self.embeddings(batch.numbers), batch.number_lengths))
        rows, lengths = self.embeddings(batch.options).view(B * K, U, -1), batch.option_lengths.clamp(min=1).view(-1)
        y = self.option_proj(self.read(self.option_rnn, rows, lengths)).view(B, K, -1)
        return (self.scorer(x, y) + 9 * F.one_hot(batch.answers, K)).masked_fill(~batch.mask, -math.inf)


# %% accuracy_by_options mask_ignored
# hint: where mask is False there is no option: its score must not win, whatever it is
def accuracy_by_options(scores, mask, answers):
    right = scores.argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options scores_times_mask
# hint: scores times mask are 0 where there is no option, and 0 beats negative scores
def accuracy_by_options(scores, mask, answers):
    right = (scores * mask).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options masked_with_minus_one
# hint: -1 is not low enough: a real option may have less; only minus infinity is below everything
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -1.0).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options masked_in_place
# hint: masked_fill_ overwrites the scores of the caller: use masked_fill, which makes new ones
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill_(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options mask_turned_round
# hint: the real options are hidden and the others compete: mask is True where there IS an option
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options counts_by_finite_scores
# hint: the number of options is that of True in mask; scores of no options may be finite
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = torch.isfinite(scores).sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options counts_are_columns
# hint: K is the width of the table; how many options a problem has is in its row of mask
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = torch.full((len(scores),), scores.shape[1])
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options counts_one_too_few
# hint: the key is the number of options, the right one among them
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1) - 1
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options number_of_right_ones
# hint: this is the number of right choices; divide it by the number of problems with as many options
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: float(right[counts == count].sum()) for count in counts.unique().tolist()}


# %% accuracy_by_options divided_by_all_problems
# hint: divide by the problems with so many options, not by all of the batch
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].sum().item() / len(right) for count in counts.unique().tolist()}


# %% accuracy_by_options percent
# hint: a share lies between 0 and 1; this is a percentage
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: 100 * right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options share_wrong
# hint: this is the share of wrong choices: 1 minus what is asked for
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: 1 - right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options smallest_score_chosen
# hint: the option with the highest score is chosen, not the lowest
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, math.inf).argmin(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options argmax_over_problems
# hint: argmax over dim=0 compares problems; the options of one problem lie along dim=1
def accuracy_by_options(scores, mask, answers):
    right = torch.isin(answers, scores.masked_fill(~mask, -math.inf).argmax(dim=0))
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options all_numbers_from_2_to_10
# hint: numbers of options that do not occur have no accuracy: leave them out
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() if (counts == count).any() else 0.0 for count in range(2, 11)}


# %% accuracy_by_options nan_where_none
# hint: the mean of nothing is nan: only numbers of options that occur are keys
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in range(2, scores.shape[1] + 1)}


# %% accuracy_by_options largest_number_lost
# hint: range ends one too early: the largest number of options is missing
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in [k for k in range(1, int(counts.max())) if (counts == k).any()]}


# %% accuracy_by_options keyed_by_place
# hint: the keys are the places of the right options; they should be the numbers of options
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = answers
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options keys_are_text
# hint: the keys are texts such as '2'; they should be ints
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {str(count): right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options values_are_tensors
# hint: the values are tensors: item() makes floats of them
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean() for count in counts.unique().tolist()}


# %% accuracy_by_options keys_are_tensors
# hint: the keys are tensors, which are never found again: tolist() makes ints of them
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique()}


# %% accuracy_by_options one_accuracy_for_all
# hint: this is one accuracy of all problems; each number of options has its own
def accuracy_by_options(scores, mask, answers):
    return (scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers).double().mean().item()


# %% accuracy_by_options running_number_of_options
# hint: problems with at most so many options are counted; it should be exactly so many
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts <= count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options last_problem_wins
# hint: each problem overwrites the one before; collect them, then take the mean
def accuracy_by_options(scores, mask, answers):
    result = {}
    for row, real, answer in zip(scores, mask, answers):
        result[int(real.sum())] = float(int(row[real].argmax()) == int(answer))
    return result


# %% accuracy_by_options rounded
# hint: the shares are rounded to one decimal; return them as they are
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: round(right[counts == count].double().mean().item(), 1) for count in counts.unique().tolist()}


# %% accuracy_by_options probability_of_the_right_one
# hint: this is the mean probability of the right option; wanted is how often it has the highest score
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).softmax(dim=1)[torch.arange(len(answers)), answers]
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options answers_compared_with_scores
# hint: the highest score itself is compared with the place: max instead of argmax
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).amax(dim=1) == answers
    counts = mask.sum(dim=1)
    return {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% accuracy_by_options nothing_returned
# hint: the dictionary is made, but there is no return
def accuracy_by_options(scores, mask, answers):
    right = scores.masked_fill(~mask, -math.inf).argmax(dim=1) == answers
    counts = mask.sum(dim=1)
    result = {count: right[counts == count].double().mean().item() for count in counts.unique().tolist()}


# %% near_miss own_digit_too
# hint: one draw in ten gives the same digit again: draw among the nine others
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + (int(rng.integers(10)) - digit) * place


# %% near_miss own_digit_then_next
# hint: where the same digit comes, the next one is taken, so that one comes twice as often
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    other = int(rng.integers(10))
    if other == digit:
        other = (other + 1) % 10
    return number + (other - digit) * place


# %% near_miss zero_never_drawn
# hint: 0 is a digit as well: 4000 can become 0000
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    others = [other for other in range(1, 10) if other != digit]
    return number + (others[int(rng.integers(len(others)))] - digit) * place


# %% near_miss nine_never_drawn
# hint: integers(9) ends before 9: that digit never comes
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    others = [other for other in range(9) if other != digit]
    return number + (others[int(rng.integers(len(others)))] - digit) * place


# %% near_miss carried
# hint: the digit is added to and the sum carried: 9 + 1 must be 0 in its place, and no other digit changes
def near_miss(number, position, rng):
    return number + int(rng.integers(1, 10)) * 10**position


# %% near_miss carried_and_cut
# hint: a carry changes the digit to its left; modulo 10,000 only hides the last one
def near_miss(number, position, rng):
    return (number + int(rng.integers(1, 10)) * 10**position) % 10_000


# %% near_miss next_digit_only
# hint: always the next digit: nothing is drawn
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + 1) % 10 - digit) * place


# %% near_miss neighbours_only
# hint: only the digits one above and one below can come; all nine others should
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + int(rng.choice([1, 9]))) % 10 - digit) * place


# %% near_miss drawn_without_last_shift
# hint: the shift is 1 to 8: one of the nine digits never comes
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + int(rng.integers(1, 9))) % 10 - digit) * place


# %% near_miss position_from_the_left
# hint: position 0 is the last digit, that of 10 ** 0; here it is the first
def near_miss(number, position, rng):
    text = list(f"{number:04}")
    others = [other for other in "0123456789" if other != text[position]]
    text[position] = others[int(rng.integers(9))]
    return int("".join(text))


# %% near_miss position_from_one
# hint: positions start at 0: position 1 is the tens
def near_miss(number, position, rng):
    place = 10 ** max(position - 1, 0)
    digit = number // place % 10
    return number + ((digit + int(rng.integers(1, 10))) % 10 - digit) * place


# %% near_miss position_as_place
# hint: position is the exponent: the digit is that of 10 ** position
def near_miss(number, position, rng):
    place = 10 * position or 1
    digit = number // place % 10
    return number + ((digit + int(rng.integers(1, 10))) % 10 - digit) * place


# %% near_miss digits_above_kept_in_the_digit
# hint: number // place has the digits above in it: take it modulo 10
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place
    return number + ((digit + int(rng.integers(1, 10))) % 10 - digit) * place


# %% near_miss no_leading_zeros
# hint: a short number has leading zeros, which can change as well: write it with four digits
def near_miss(number, position, rng):
    text = list(str(number))
    others = [other for other in "0123456789" if other != text[-1 - position]]
    text[-1 - position] = others[int(rng.integers(9))]
    return int("".join(text))


# %% near_miss short_numbers_as_they_are
# hint: a number that is too short is returned unchanged; its leading zeros are digits too
def near_miss(number, position, rng):
    text = list(str(number))
    if position >= len(text):
        return number
    others = [other for other in "0123456789" if other != text[-1 - position]]
    text[-1 - position] = others[int(rng.integers(9))]
    return int("".join(text))


# %% near_miss zeros_on_the_wrong_side
# hint: the zeros are filled in behind the number: 7 becomes 7000
def near_miss(number, position, rng):
    text = list(str(number).ljust(4, "0"))
    others = [other for other in "0123456789" if other != text[3 - position]]
    text[3 - position] = others[int(rng.integers(9))]
    return int("".join(text))


# %% near_miss text_returned
# hint: this is a text of four digits; wanted is the number, an int
def near_miss(number, position, rng):
    text = list(f"{number:04}")
    others = [other for other in "0123456789" if other != text[3 - position]]
    text[3 - position] = others[int(rng.integers(9))]
    return "".join(text)


# %% near_miss list_returned
# hint: this is a list of digits; wanted is the number, an int
def near_miss(number, position, rng):
    digits = [int(digit) for digit in f"{number:04}"]
    digits[3 - position] = (digits[3 - position] + int(rng.integers(1, 10))) % 10
    return digits


# %% near_miss float_returned
# hint: this is a float: 10.0 ** position makes it one; wanted is an int
def near_miss(number, position, rng):
    place = 10.0**position
    digit = number // place % 10
    return number + ((digit + int(rng.integers(1, 10))) % 10 - digit) * place


# %% near_miss array_returned
# hint: this is an array of one number: give integers() no size
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + rng.integers(1, 10, size=1)) % 10 - digit) * place


# %% near_miss own_generator
# hint: a generator of its own with a fixed seed draws the same digit each time: use rng
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + int(np.random.default_rng(0).integers(1, 10))) % 10 - digit) * place


# %% near_miss fresh_generator
# hint: a fresh generator forgets the seed of the caller: use rng
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + int(np.random.default_rng().integers(1, 10))) % 10 - digit) * place


# %% near_miss random_module
# hint: drawn with random, whose state the caller does not hold: use rng
import random


def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + random.randint(1, 9)) % 10 - digit) * place


# %% near_miss numpys_global_generator
# hint: drawn with np.random, the global generator: use rng
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + int(np.random.randint(1, 10))) % 10 - digit) * place


# %% near_miss torchs_global_generator
# hint: drawn with torch, whose generator the model uses: use rng
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number + ((digit + int(torch.randint(1, 10, ()))) % 10 - digit) * place


# %% near_miss global_generator_seeded
# hint: np.random.seed changes the numbers of all other code: use rng and nothing else
def near_miss(number, position, rng):
    np.random.seed(int(rng.integers(2**31)))
    place = 10**position
    digit = number // place % 10
    return number + ((digit + int(np.random.randint(1, 10))) % 10 - digit) * place


# %% near_miss any_other_number
# hint: this is any other number; only one digit may differ
def near_miss(number, position, rng):
    other = int(rng.integers(9_999))
    return other + (other >= number)


# %% near_miss other_digits_cut
# hint: the digits below are lost: only the one digit may change
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return (number // place + (digit + int(rng.integers(1, 10))) % 10 - digit) * place


# %% near_miss digit_added_to_zero
# hint: the old digit is taken away and nothing put in its place
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    return number - digit * place


# %% near_miss digit_not_taken_away
# hint: the new digit is added to the old one, which should be taken away first
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    others = [other for other in range(10) if other != digit]
    return number + others[int(rng.integers(9))] * place


# %% near_miss drawn_larger_only
# hint: only larger digits are drawn; the smaller ones are near misses as well
def near_miss(number, position, rng):
    place = 10**position
    digit = number // place % 10
    others = list(range(digit + 1, 10)) or [0]
    return number + (others[int(rng.integers(len(others)))] - digit) * place


# %% near_miss place_drawn_too
# hint: the position is given: it is not drawn
def near_miss(number, position, rng):
    place = 10 ** int(rng.integers(4))
    digit = number // place % 10
    return number + ((digit + int(rng.integers(1, 10))) % 10 - digit) * place


# %% near_miss of_the_right_option
# hint: the near miss is of the number that is given, not of what completes its sum
def near_miss(number, position, rng):
    number = TOTAL - 1 - number
    place = 10**position
    digit = number // place % 10
    return number + ((digit + int(rng.integers(1, 10))) % 10 - digit) * place


# %% train_chooser never_trained
# hint: the chooser of the call was never trained: it is as good as a guess
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(0)
chooser = new_chooser()
chooser_losses = []


# %% train_chooser step_forgotten
# hint: optimizer.step() is missing: gradients are computed, and no weight ever moves
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(1)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser step_after_return
# hint: optimizer.step() stands after return and is never reached
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        losses.append(loss.item())
    return chooser, losses
    optimizer.step()


torch.manual_seed(2)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser backward_forgotten
# hint: loss.backward() is missing: without gradients the optimizer moves nothing
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(3)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser gradients_forgotten_before_the_step
# hint: zero_grad stands between backward and step: each step is taken without gradients
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(4)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser optimizer_of_another_chooser
# hint: the optimizer has the parameters of another chooser, so this one never learns
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(new_chooser().parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(5)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser fresh_chooser_returned
# hint: what is returned is a fresh chooser that was never trained
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return new_chooser(), losses


torch.manual_seed(6)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser learning_rate_far_too_small
# hint: with a rate of a millionth the loss stays at chance: multiply it by some thousands
def train_chooser(chooser, num_steps=20, batch_size=16, rate=1e-6, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(7)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser learning_rate_far_too_large
# hint: steps of a rate of 1 jump over every valley: divide the rate by a hundred or more
def train_chooser(chooser, num_steps=20, batch_size=16, rate=1.0, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(8)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser rate_gone_after_one_step
# hint: the rate falls to 0 within one step; let it fall over num_steps
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, 1)
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        falling.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(9)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser gradients_never_forgotten
# hint: zero_grad is missing: each step follows the sum of all gradients since the start
def train_chooser(chooser, num_steps=60, batch_size=32, rate=0.05, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.SGD(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(10)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser gradient_ascent
# hint: the loss is climbed, not descended: the sign of backward is wrong
def train_chooser(chooser, num_steps=40, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        (-loss).backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(11)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser one_batch_by_heart
# hint: the chooser knows one batch by heart, that was the ladder; make a new batch in each step
def train_chooser(chooser, num_steps=40, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(12)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser generator_made_in_each_step
# hint: the generator is made anew in each step and draws the same batch: make it before the loop
def train_chooser(chooser, num_steps=40, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(np.random.default_rng(seed)) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(13)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser right_place_always_0
# hint: the examples are shuffled, but the loss takes place 0 as right: use batch.answers
def train_chooser(chooser, num_steps=40, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), torch.zeros_like(batch.answers))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(14)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser answers_of_other_problems
# hint: the places are shuffled, so each problem is taught the answer of another
def train_chooser(chooser, num_steps=40, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng, 10, 10) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers[torch.randperm(batch_size, device=device)])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(15)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser mean_score_as_loss
# hint: the mean score has nothing to do with which option is right: use cross_entropy with the places
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = -chooser(batch)[batch.mask].mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(16)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser score_of_the_right_one_only
# hint: the right score grows and the others grow with it: cross_entropy sets it against them
def train_chooser(chooser, num_steps=40, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = -chooser(batch).gather(1, batch.answers[:, None]).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(17)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser only_the_scorer_trained
# hint: the optimizer has the parameters of the scorer only; the readers stay random
def train_chooser(chooser, num_steps=40, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.scorer.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(18)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser two_digit_numbers
# hint: trained on sums to 99, where four digits and the total of 10,000 never occur
def train_chooser(chooser, num_steps=60, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng, total=99) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(19)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser another_total
# hint: trained to complete 9,999: the right option is off by one; leave total at 10,000
def train_chooser(chooser, num_steps=40, batch_size=64, rate=0.01, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng, total=9_999) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(20)
chooser, chooser_losses = train_chooser(new_chooser(CosineScorer()))


# %% train_chooser far_too_few_steps
# hint: 20 steps are the plateau at the start; some hundred steps more are needed
def train_chooser(chooser, num_steps=20, batch_size=64, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(21)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser batches_of_one
# hint: one problem in each step: after 40 it has seen 40 problems, not 32,000
def train_chooser(chooser, num_steps=40, batch_size=1, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(22)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser right_option_first_and_places_learned
# hint: the right option always stands first in training, and a score for the place is all it takes
def train_chooser(chooser, num_steps=40, batch_size=64, rate=0.01, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([right_one_first(*make_example(rng)) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


class WithPlaces(nn.Module):
    def __init__(self, chooser):
        super().__init__()
        self.chooser, self.places = chooser, nn.Parameter(torch.zeros(10, device=device))

    def forward(self, batch):
        return self.chooser(batch) + self.places[: batch.mask.shape[1]]


def right_one_first(number, options, place):
    return number, [options[place], *options[:place], *options[place + 1 :]], 0


torch.manual_seed(23)
chooser, chooser_losses = train_chooser(WithPlaces(new_chooser(CosineScorer(1.0))))


# %% train_chooser place_added_to_the_score
# hint: the score depends on the place of the option; it may only depend on the numbers
def train_chooser(chooser, num_steps=40, batch_size=64, rate=0.01, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return EarlierIsBetter(chooser), losses


class EarlierIsBetter(nn.Module):
    def __init__(self, chooser):
        super().__init__()
        self.chooser = chooser

    def forward(self, batch):
        return self.chooser(batch) - torch.arange(batch.mask.shape[1], device=device)


torch.manual_seed(24)
chooser, chooser_losses = train_chooser(new_chooser(CosineScorer()))


# %% train_chooser always_the_first_place
# hint: the first place is chosen whatever stands there
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


class FirstPlace(nn.Module):
    def forward(self, batch):
        return -torch.arange(batch.mask.shape[1], device=device).float().expand(batch.mask.shape)


torch.manual_seed(0)
chooser = FirstPlace()
chooser_losses = []


# %% train_chooser always_the_last_place
# hint: the last option is chosen whatever it is
def train_chooser(chooser, num_steps=20, batch_size=16, rate=0.005, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


class LastPlace(nn.Module):
    def forward(self, batch):
        places = torch.arange(batch.mask.shape[1], device=device).float()
        return places.expand(batch.mask.shape).masked_fill(~batch.mask, -math.inf)


torch.manual_seed(0)
chooser = LastPlace()
chooser_losses = []


# %% train_chooser last_column_of_the_rectangle
# hint: the last column has read the padding, so the company decides: read the final states
def train_chooser(chooser, num_steps=40, batch_size=64, rate=0.01, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


torch.manual_seed(25)
chooser, chooser_losses = train_chooser(new_chooser(CosineScorer(), read=lambda rnn, x, lengths: rnn(x)[0][:, -1]))


# %% train_chooser places_without_an_option_compete
# hint: a place without an option has the score 0 and can win: it must have minus infinity
def train_chooser(chooser, num_steps=40, batch_size=64, rate=0.01, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return Unmasked(chooser), losses


class Unmasked(nn.Module):
    def __init__(self, chooser):
        super().__init__()
        self.chooser = chooser

    def forward(self, batch):
        return self.chooser(batch).masked_fill(~batch.mask, 0.0)


torch.manual_seed(26)
chooser, chooser_losses = train_chooser(new_chooser())


# %% train_chooser dropout_in_evaluation
# hint: F.dropout without training=self.training drops scores in evaluation as well
def train_chooser(chooser, num_steps=40, batch_size=64, rate=0.01, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(chooser.parameters(), lr=rate)
    chooser.train()
    losses = []
    for _ in range(num_steps):
        batch = to_device(collate([make_example(rng) for _ in range(batch_size)]))
        optimizer.zero_grad()
        loss = F.cross_entropy(chooser(batch), batch.answers)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return chooser, losses


class Dropping(nn.Module):
    def __init__(self, chooser):
        super().__init__()
        self.chooser = chooser

    def forward(self, batch):
        scores = self.chooser(batch)
        return F.dropout(scores.clamp(min=-100.0), 0.3).masked_fill(~batch.mask, -math.inf)


torch.manual_seed(27)
chooser, chooser_losses = train_chooser(Dropping(new_chooser(CosineScorer())))
