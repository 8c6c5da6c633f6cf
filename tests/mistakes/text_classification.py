"""Wrong answers to the exercises of `text_classification`, each with a name and a hint: see course_lib/authoring/bank.py."""


# %% tokenize not_lower_cased
# hint: the capitals are still there, and Rates and rates are two words to a dictionary; lower-case the text
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text)[:max_length]


# %% tokenize first_letter_lower_cased
# hint: only the first letter of the text became small; lower-case all of it
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text[:1].lower() + text[1:])[:max_length]


# %% tokenize upper_cased
# hint: the words are in capitals; the vocabulary is in lower case
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text.upper())[:max_length]


# %% tokenize split_at_spaces
# hint: split() leaves punctuation on its word, so that rates and rates, are two words; let nltk's tokenizer cut
def tokenize(text, max_length=128):
    return text.lower().split()[:max_length]


# %% tokenize split_at_single_spaces
# hint: split(" ") leaves punctuation on its word and gives empty tokens where two spaces stand; let nltk's tokenizer cut
def tokenize(text, max_length=128):
    return text.lower().split(" ")[:max_length]


# %% tokenize punctuation_dropped
# hint: punctuation is gone, but a run of it is a token too; keep all that the tokenizer gives
def tokenize(text, max_length=128):
    return [token for token in WordPunctTokenizer().tokenize(text.lower()) if token.isalnum()][:max_length]


# %% tokenize letters_only
# hint: numbers and punctuation are gone, but they are tokens too; keep all that the tokenizer gives
def tokenize(text, max_length=128):
    return [token for token in WordPunctTokenizer().tokenize(text.lower()) if token.isalpha()][:max_length]


# %% tokenize punctuation_one_by_one
# hint: each punctuation mark is a token here; WordPunctTokenizer keeps a run such as %... together
def tokenize(text, max_length=128):
    import re

    return re.findall(r"\w+|[^\w\s]", text.lower())[:max_length]


# %% tokenize letters_a_to_z_only
# hint: words are cut at letters with an accent; WordPunctTokenizer knows which characters are letters
def tokenize(text, max_length=128):
    import re

    return re.findall(r"[a-z0-9_]+|[^a-z0-9_\s]+", text.lower())[:max_length]


# %% tokenize accents_removed
# hint: the accents are gone, which nobody asked for; lower-case and cut, and change nothing else
def tokenize(text, max_length=128):
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return WordPunctTokenizer().tokenize(plain)[:max_length]


# %% tokenize treebank_tokenizer
# hint: this tokenizer keeps 's, hyphenated words and numbers with a point together; the exercise asks for WordPunctTokenizer
def tokenize(text, max_length=128):
    from nltk.tokenize import TreebankWordTokenizer

    return TreebankWordTokenizer().tokenize(text.lower())[:max_length]


# %% tokenize spaces_are_tokens
# hint: the spaces between words are tokens here; they only separate tokens
def tokenize(text, max_length=128):
    import re

    return [piece for piece in re.split(r"(\W+)", text.lower()) if piece][:max_length]


# %% tokenize letters_as_tokens
# hint: this is a list of letters; cut the text into words with the tokenizer first
def tokenize(text, max_length=128):
    return list(text.lower())[:max_length]


# %% tokenize stop_words_removed
# hint: frequent words such as up are left out; keep all that the tokenizer gives
def tokenize(text, max_length=128):
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    tokens = WordPunctTokenizer().tokenize(text.lower())
    return [token for token in tokens if token not in ENGLISH_STOP_WORDS][:max_length]


# %% tokenize short_tokens_removed
# hint: tokens of one letter are left out; keep all that the tokenizer gives
def tokenize(text, max_length=128):
    return [token for token in WordPunctTokenizer().tokenize(text.lower()) if len(token) > 1][:max_length]


# %% tokenize digits_replaced
# hint: numbers are replaced, which nobody asked for; they are tokens like others
def tokenize(text, max_length=128):
    tokens = WordPunctTokenizer().tokenize(text.lower())
    return ["<num>" if token.isdigit() else token for token in tokens][:max_length]


# %% tokenize each_token_once
# hint: a token that occurs again is left out; a text is a list, not a set
def tokenize(text, max_length=128):
    return list(dict.fromkeys(WordPunctTokenizer().tokenize(text.lower())))[:max_length]


# %% tokenize text_cut_before_tokenizing
# hint: the first max_length letters stay here, not tokens; cut the list that the tokenizer gives
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text.lower()[:max_length])


# %% tokenize words_cut_before_tokenizing
# hint: the pieces between spaces were counted, and the tokenizer makes more of them; cut after tokenizing
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(" ".join(text.lower().split()[:max_length]))


# %% tokenize never_cut
# hint: long texts keep all their tokens; keep the first max_length
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text.lower())


# %% tokenize always_128
# hint: the 128 is typed in; use the argument max_length
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text.lower())[:128]


# %% tokenize last_tokens
# hint: these are the last tokens of the text; keep the first max_length
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text.lower())[-max_length:]


# %% tokenize one_token_too_few
# hint: one token is missing; max_length of them may stay
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text.lower())[: max_length - 1]


# %% tokenize long_texts_are_emptied
# hint: a text that is too long must not vanish; keep its first max_length tokens
def tokenize(text, max_length=128):
    tokens = WordPunctTokenizer().tokenize(text.lower())
    return tokens if len(tokens) <= max_length else []


# %% tokenize filled_up
# hint: short texts are filled up here; padding is the task of collate_fn, which knows the batch
def tokenize(text, max_length=128):
    tokens = WordPunctTokenizer().tokenize(text.lower())[:max_length]
    return tokens + ["<pad>"] * (max_length - len(tokens))


# %% tokenize default_of_100
# hint: without the argument 100 tokens stay; the default of max_length is 128
def tokenize(text, max_length=100):
    return WordPunctTokenizer().tokenize(text.lower())[:max_length]


# %% tokenize argument_renamed
# hint: the second argument has another name; call it max_length
def tokenize(text, limit=128):
    return WordPunctTokenizer().tokenize(text.lower())[:limit]


# %% tokenize one_string
# hint: this is one string; return the list of its tokens
def tokenize(text, max_length=128):
    return " ".join(WordPunctTokenizer().tokenize(text.lower())[:max_length])


# %% tokenize list_in_a_list
# hint: the list of tokens stands inside another list; return it by itself
def tokenize(text, max_length=128):
    return [WordPunctTokenizer().tokenize(text.lower())[:max_length]]


# %% tokenize tuple_returned
# hint: this is a tuple; return a list
def tokenize(text, max_length=128):
    return tuple(WordPunctTokenizer().tokenize(text.lower())[:max_length])


# %% tokenize generator_returned
# hint: a generator can be read only once; return a list
def tokenize(text, max_length=128):
    return (token for token in WordPunctTokenizer().tokenize(text.lower())[:max_length])


# %% tokenize numpy_array
# hint: this is a numpy array; return a plain list of strings
import numpy as np


def tokenize(text, max_length=128):
    return np.array(WordPunctTokenizer().tokenize(text.lower())[:max_length])


# %% tokenize printed_not_returned
# hint: the function returns None: printing is not returning; end it with return
def tokenize(text, max_length=128):
    print(WordPunctTokenizer().tokenize(text.lower())[:max_length])


# %% tokenize tokenizer_without_brackets
# hint: WordPunctTokenizer is a class; make an object of it, with brackets, and call tokenize on that
def tokenize(text, max_length=128):
    return WordPunctTokenizer.tokenize(text.lower())[:max_length]


# %% tokenize a_row_is_expected
# hint: the argument is the text itself, not a row with a column of that name
def tokenize(row, max_length=128):
    return WordPunctTokenizer().tokenize(row["text"].lower())[:max_length]


# %% tokenize empty_text_gives_a_token
# hint: the empty text has no token; return the empty list for it
def tokenize(text, max_length=128):
    return WordPunctTokenizer().tokenize(text.lower())[:max_length] or [""]


# %% vocabulary more_than_min_count
# hint: words with exactly min_count occurrences are missing; they stay as well
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] > min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary ties_as_they_appear
# hint: most_common leaves equally frequent words in the order of the texts; sort them by the word as well
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = [word for word, count in counts.most_common() if count >= min_count]
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary ties_backwards
# hint: reverse=True turns the alphabet round as well as the counts; sort by the negative count and the word
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (counts[w], w), reverse=True)
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary rare_words_first
# hint: the rarest word comes first here; sort by falling count
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary alphabet_only
# hint: words are sorted by the alphabet alone; the count comes first, the alphabet only settles ties
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted(w for w in counts if counts[w] >= min_count)
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary order_of_appearance
# hint: words have indices in the order in which they appear; sort by falling count, then by the word
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = [word for word in counts if counts[word] >= min_count]
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary short_words_first
# hint: equally frequent words are sorted by their length; the alphabet settles ties
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], len(w), w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary min_count_ignored
# hint: all words are in, however rare; leave out those with fewer than min_count occurrences
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary always_twice
# hint: the limit of 2 is typed in; use the argument min_count
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= 2), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary min_count_is_a_size
# hint: this keeps the min_count most frequent words; keep all words with at least min_count occurrences
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted(counts, key=lambda w: (-counts[w], w))[:min_count]
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary texts_counted
# hint: a word that occurs twice in a text is counted once; count words, not texts
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in set(tokens))
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary each_text_by_itself
# hint: a word must reach min_count within one text here; count over all texts, then compare
def build_vocabulary(token_lists, min_count=2):
    counts = Counter()
    for tokens in token_lists:
        counts.update({word: count for word, count in Counter(tokens).items() if count >= min_count})
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary last_text_only
# hint: the counter is made anew for each text, so only the last one is counted; make it once, before the loop
def build_vocabulary(token_lists, min_count=2):
    counts = Counter()
    for tokens in token_lists:
        counts = Counter(tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary first_text_only
# hint: only the first text is counted; count over all lists
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(token_lists[0])
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary letters_counted
# hint: letters are counted here, one loop too deep; count the tokens of each list
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(letter for tokens in token_lists for word in tokens for letter in word)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary lists_counted
# hint: a list cannot be counted; go through the lists, and count the tokens inside them
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(token_lists)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary special_words_exchanged
# hint: padding has index 1 and the unknown word 0; it is the other way round
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<unk>", "<pad>", *words])}


# %% vocabulary no_special_words
# hint: indices 0 and 1 belong to real words here; keep them for padding and for unknown words
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(words)}


# %% vocabulary special_words_not_in_it
# hint: real words start at 2, but the two special words have no entry of their own; add them
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(words, 2)}


# %% vocabulary special_words_last
# hint: the two special words stand at the end; they are the first two, so that PAD and UNK fit every vocabulary
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate([*words, "<pad>", "<unk>"])}


# %% vocabulary other_special_words
# hint: the special words are called otherwise here; they are <pad> and <unk>, with their brackets
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["pad", "unk", *words])}


# %% vocabulary words_from_one
# hint: the most frequent word has the index 1 of the unknown word; real words start at 2
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {"<pad>": 0, "<unk>": 1, **{word: index for index, word in enumerate(words, 1)}}


# %% vocabulary words_from_three
# hint: index 2 belongs to nobody; real words start at 2
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {"<pad>": 0, "<unk>": 1, **{word: index for index, word in enumerate(words, 3)}}


# %% vocabulary gaps_of_rare_words
# hint: rare words are numbered and then left out, which leaves gaps; leave them out first, number then
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    numbered = enumerate(sorted(counts, key=lambda w: (counts[w] < min_count + 1, -counts[w], w)), 2)
    gaps = {w: i + (counts[w] == min_count) for i, w in numbered if counts[w] >= min_count}
    return {"<pad>": 0, "<unk>": 1, **gaps}


# %% vocabulary counts_not_indices
# hint: the values are counts; they are indices, 2 and on, of the sorted words
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    return {"<pad>": 0, "<unk>": 1, **{word: count for word, count in counts.items() if count >= min_count}}


# %% vocabulary index_to_word
# hint: this maps indices to words; the words are the keys
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return dict(enumerate(["<pad>", "<unk>", *words]))


# %% vocabulary list_of_words
# hint: this is the sorted list of words; return a dict from each word to its place in it
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return ["<pad>", "<unk>", *words]


# %% vocabulary lower_cased_again
# hint: words are lower-cased here; take them as they are written, tokenize has done its part
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word.lower() for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary numbers_left_out
# hint: tokens that are no words, such as numbers, are left out; every token is counted
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens if word.islower())
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary crash_without_texts
# hint: without any text there is no most frequent word to ask for; the result holds the two special words then
def build_vocabulary(token_lists, min_count=2):
    counts = Counter(word for tokens in token_lists for word in tokens)
    top = max(counts.values())
    words = [w for c in range(top, min_count - 1, -1) for w in sorted(counts) if counts[w] == c]
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% vocabulary default_of_one
# hint: without the argument words that occur once are in; the default of min_count is 2
def build_vocabulary(token_lists, min_count=1):
    counts = Counter(word for tokens in token_lists for word in tokens)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {word: index for index, word in enumerate(["<pad>", "<unk>", *words])}


# %% unknown_share known_share
# hint: this is the share of known words; count those without an index
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word in word2idx for word in words) / len(words) if words else 0.0


# %% unknown_share different_words
# hint: each different word counts once here; a word that occurs twice counts twice
def unknown_share(token_lists, word2idx):
    words = {word for tokens in token_lists for word in tokens}
    return sum(word not in word2idx for word in words) / len(words) if words else 0.0


# %% unknown_share different_words_of_a_text
# hint: a word that occurs twice in a text counts once here; count every token
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in set(tokens)]
    return sum(word not in word2idx for word in words) / max(len(words), 1)


# %% unknown_share mean_of_the_texts
# hint: this is the mean of the shares of the texts, where a short text counts as much as a long one; divide once, at the end
def unknown_share(token_lists, word2idx):
    shares = [sum(word not in word2idx for word in tokens) / len(tokens) for tokens in token_lists if tokens]
    return sum(shares) / len(shares) if shares else 0.0


# %% unknown_share mean_of_the_texts_with_empty_ones
# hint: this is the mean over texts, and an empty text counts as one without unknown words; divide once, by the number of words
def unknown_share(token_lists, word2idx):
    shares = [sum(word not in word2idx for word in tokens) / max(len(tokens), 1) for tokens in token_lists]
    return sum(shares) / max(len(shares), 1)


# %% unknown_share texts_with_unknown_words
# hint: this is the share of texts with an unknown word; count words
def unknown_share(token_lists, word2idx):
    return sum(any(word not in word2idx for word in tokens) for tokens in token_lists) / max(len(token_lists), 1)


# %% unknown_share by_number_of_texts
# hint: the unknown words are divided by the number of texts; divide by the number of words
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word not in word2idx for word in words) / max(len(token_lists), 1)


# %% unknown_share by_size_of_the_vocabulary
# hint: the unknown words are divided by the size of the vocabulary; divide by the number of running words
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word not in word2idx for word in words) / len(word2idx)


# %% unknown_share by_known_words
# hint: this is unknown words per known word; divide by all words
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    known = sum(word in word2idx for word in words)
    return (len(words) - known) / max(known, 1)


# %% unknown_share number_of_words
# hint: this is a number of words; divide it by the number of all words
def unknown_share(token_lists, word2idx):
    return float(sum(word not in word2idx for tokens in token_lists for word in tokens))


# %% unknown_share percent
# hint: this is in percent; the share goes from 0 to 1
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return 100 * sum(word not in word2idx for word in words) / max(len(words), 1)


# %% unknown_share whole_numbers
# hint: the division drops the fraction; divide with one slash
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return float(sum(word not in word2idx for word in words) // max(len(words), 1))


# %% unknown_share rounded
# hint: the share is rounded; return it as it is
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return round(sum(word not in word2idx for word in words) / max(len(words), 1), 2)


# %% unknown_share lower_cased_first
# hint: words are lower-cased before they are looked up, so nobody sees what capitals cost; look them up as they are
def unknown_share(token_lists, word2idx):
    words = [word.lower() for tokens in token_lists for word in tokens]
    return sum(word not in word2idx for word in words) / max(len(words), 1)


# %% unknown_share capitals_left_out
# hint: words with capitals are left out; they are words too, and unknown if they have no index
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens if word.islower()]
    return sum(word not in word2idx for word in words) / max(len(words), 1)


# %% unknown_share compared_with_indices
# hint: words are looked for among the indices; the words are the keys of the dict
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word not in word2idx.values() for word in words) / max(len(words), 1)


# %% unknown_share compared_with_unk
# hint: a word that the dict lacks gets None here, not UNK; ask whether the word is a key
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word2idx.get(word) == UNK for word in words) / max(len(words), 1)


# %% unknown_share looked_up_in_brackets
# hint: square brackets raise a KeyError for a word that the dict lacks; ask with `in`
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word2idx[word] == UNK for word in words) / max(len(words), 1)


# %% unknown_share lists_looked_up
# hint: whole lists are looked up; go through the words inside each list
def unknown_share(token_lists, word2idx):
    return sum(tokens not in word2idx for tokens in token_lists) / max(len(token_lists), 1)


# %% unknown_share letters_looked_up
# hint: letters are looked up, one loop too deep; look up words
def unknown_share(token_lists, word2idx):
    letters = [letter for tokens in token_lists for word in tokens for letter in word]
    return sum(letter not in word2idx for letter in letters) / max(len(letters), 1)


# %% unknown_share first_text_only
# hint: return stands inside the loop, so only the first text counts; move it behind the loop
def unknown_share(token_lists, word2idx):
    for tokens in token_lists:
        return sum(word not in word2idx for word in tokens) / max(len(tokens), 1)
    return 0.0


# %% unknown_share last_text_only
# hint: the counts start anew with each text; set them to 0 once, before the loop
def unknown_share(token_lists, word2idx):
    unknown, total = 0, 0
    for tokens in token_lists:
        unknown, total = 0, 0
        for word in tokens:
            unknown += word not in word2idx
            total += 1
    return unknown / total if total else 0.0


# %% unknown_share divided_by_two_at_least
# hint: a single word is divided by 2; divide by the number of words, and only 0 words need a case of their own
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word not in word2idx for word in words) / max(len(words), 2)


# %% unknown_share crash_without_words
# hint: without any word this divides by 0; the share is 0.0 then
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word not in word2idx for word in words) / len(words)


# %% unknown_share empty_texts_crash
# hint: only a corpus without any text is looked after; texts may be there and all be empty
def unknown_share(token_lists, word2idx):
    if not token_lists:
        return 0.0
    words = [word for tokens in token_lists for word in tokens]
    return sum(word not in word2idx for word in words) / len(words)


# %% unknown_share no_texts_crash
# hint: without any text there is nothing to join; the share is 0.0 then
import numpy as np


def unknown_share(token_lists, word2idx):
    words = np.concatenate(token_lists)
    return float(np.mean([word not in word2idx for word in words])) if len(words) else 0.0


# %% unknown_share nan_without_words
# hint: the mean of nothing is nan; the share is 0.0 where there is no word
import numpy as np


def unknown_share(token_lists, word2idx):
    return float(np.mean([word not in word2idx for tokens in token_lists for word in tokens]))


# %% unknown_share one_without_words
# hint: 1.0 is returned where there is no word; no word is unknown then, so it is 0.0
def unknown_share(token_lists, word2idx):
    words = [word for tokens in token_lists for word in tokens]
    return sum(word not in word2idx for word in words) / len(words) if words else 1.0


# %% unknown_share tensor_returned
# hint: this is a tensor; return a plain float
def unknown_share(token_lists, word2idx):
    unknown = [float(word not in word2idx) for tokens in token_lists for word in tokens]
    return torch.tensor(unknown).mean() if unknown else torch.tensor(0.0)


# %% encode unknown_left_out
# hint: unknown words are left out, and the text reads as if they had never been there; give them UNK
def encode(tokens, word2idx):
    return [word2idx[token] for token in tokens if token in word2idx]


# %% encode unknown_becomes_padding
# hint: unknown words get the index of padding, so a model cannot tell them from nothing; give them UNK
def encode(tokens, word2idx):
    return [word2idx.get(token, PAD) for token in tokens]


# %% encode unknown_becomes_none
# hint: unknown words get None; get takes the index for such words as its second argument
def encode(tokens, word2idx):
    return [word2idx.get(token) for token in tokens]


# %% encode unknown_becomes_minus_one
# hint: unknown words get -1, which is no row of the table; give them UNK
def encode(tokens, word2idx):
    return [word2idx.get(token, -1) for token in tokens]


# %% encode unknown_becomes_a_new_index
# hint: unknown words get an index behind the vocabulary, which is no row of the table; give them UNK
def encode(tokens, word2idx):
    return [word2idx.get(token, len(word2idx)) for token in tokens]


# %% encode unknown_crashes
# hint: square brackets raise a KeyError for a word that the dict lacks; give such words UNK
def encode(tokens, word2idx):
    return [word2idx[token] for token in tokens]


# %% encode unk_of_the_seminar
# hint: this looks for a word that people write, unk; the index of unknown words is UNK
def encode(tokens, word2idx):
    return [word2idx[token] if token in word2idx else word2idx["unk"] for token in tokens]


# %% encode all_unknown_without_one
# hint: one unknown word makes the whole text unknown; decide it for each word
def encode(tokens, word2idx):
    try:
        return [word2idx[token] for token in tokens]
    except KeyError:
        return [UNK] * len(tokens)


# %% encode stops_at_an_unknown_word
# hint: the text ends before its first unknown word; give that word UNK and go on
def encode(tokens, word2idx):
    indices = []
    for token in tokens:
        if token not in word2idx:
            break
        indices.append(word2idx[token])
    return indices


# %% encode only_known_and_unknown
# hint: each known word gets 0 and each other 1; give a known word its own index
def encode(tokens, word2idx):
    return [int(token not in word2idx) for token in tokens]


# %% encode vocabulary_grows
# hint: setdefault adds unknown words to the dict, and from then on they are known; look up without adding
def encode(tokens, word2idx):
    return [word2idx.setdefault(token, UNK) for token in tokens]


# %% encode new_words_added
# hint: unknown words are added to the vocabulary with a new index, for which the model has no row; give them UNK
def encode(tokens, word2idx):
    for token in tokens:
        if token not in word2idx:
            word2idx[token] = len(word2idx)
    return [word2idx[token] for token in tokens]


# %% encode lower_cased_again
# hint: words are lower-cased before they are looked up; look them up as they are, tokenize has done its part
def encode(tokens, word2idx):
    return [word2idx.get(token.lower(), UNK) for token in tokens]


# %% encode each_word_once
# hint: a word that occurs again is left out; give one index for each token
def encode(tokens, word2idx):
    return [word2idx.get(token, UNK) for token in dict.fromkeys(tokens)]


# %% encode sorted_indices
# hint: the indices are sorted; keep the order of the text
def encode(tokens, word2idx):
    return sorted(word2idx.get(token, UNK) for token in tokens)


# %% encode backwards
# hint: the text runs backwards; keep its order
def encode(tokens, word2idx):
    return [word2idx.get(token, UNK) for token in reversed(tokens)]


# %% encode letters_looked_up
# hint: letters are looked up, one loop too deep; look up whole tokens
def encode(tokens, word2idx):
    return [word2idx.get(letter, UNK) for token in tokens for letter in token]


# %% encode order_of_the_vocabulary
# hint: this goes through the vocabulary and asks which words occur; go through the text
def encode(tokens, word2idx):
    return [index for word, index in word2idx.items() if word in tokens]


# %% encode places_in_the_text
# hint: these are places in the text; the index of a word is what the dict has for it
def encode(tokens, word2idx):
    return [place if token in word2idx else UNK for place, token in enumerate(tokens)]


# %% encode places_in_the_dict
# hint: words are numbered in the order of the dict; each has an index as its value
def encode(tokens, word2idx):
    words = list(word2idx)
    return [words.index(token) if token in words else UNK for token in tokens]


# %% encode indices_shifted
# hint: 2 is added to the index, but the vocabulary has done that already; take its value as it is
def encode(tokens, word2idx):
    return [word2idx[token] + 2 if token in word2idx else UNK for token in tokens]


# %% encode cut_again
# hint: long texts are cut here; tokenize has done that already, give one index for each token
def encode(tokens, word2idx):
    return [word2idx.get(token, UNK) for token in tokens[:128]]


# %% encode notebook_vocabulary
# hint: the notebook's own vocabulary is asked; ask the argument
def encode(tokens, vocabulary):
    return [word2idx.get(token, UNK) for token in tokens]


# %% encode one_word
# hint: this looks up one word, and a list is no key of a dict; go through the tokens
def encode(tokens, word2idx):
    return word2idx.get(tokens, UNK)


# %% encode tensor_returned
# hint: this is a tensor; return a plain list, collate_fn makes the tensor
def encode(tokens, word2idx):
    return torch.tensor([word2idx.get(token, UNK) for token in tokens])


# %% encode numpy_array
# hint: this is a numpy array; return a plain list
import numpy as np


def encode(tokens, word2idx):
    return np.array([word2idx.get(token, UNK) for token in tokens], dtype="int64")


# %% encode tuple_returned
# hint: this is a tuple; return a list
def encode(tokens, word2idx):
    return tuple(word2idx.get(token, UNK) for token in tokens)


# %% encode generator_returned
# hint: a generator can be read only once; return a list
def encode(tokens, word2idx):
    return (word2idx.get(token, UNK) for token in tokens)


# %% encode dict_returned
# hint: this is a dict from words to indices; return the list of indices
def encode(tokens, word2idx):
    return {token: word2idx.get(token, UNK) for token in tokens}


# %% encode texts_returned
# hint: the indices are written as strings; return integers
def encode(tokens, word2idx):
    return [str(word2idx.get(token, UNK)) for token in tokens]


# %% encode printed_not_returned
# hint: the function returns None: printing is not returning; end it with return
def encode(tokens, word2idx):
    print([word2idx.get(token, UNK) for token in tokens])


# %% encode empty_text_is_unknown
# hint: a text without words gets the index of an unknown word; its list is empty
def encode(tokens, word2idx):
    return [word2idx.get(token, UNK) for token in tokens] or [UNK]


# %% collate padded_in_front
# hint: short texts are filled up in front; fill them up at their end
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        indices = torch.as_tensor(row["features"], dtype=torch.long)
        features[place, longest - len(indices) :] = indices
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate padded_with_unk
# hint: texts are filled up with UNK, as if unknown words stood there; fill up with PAD
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.ones(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate padded_with_minus_one
# hint: texts are filled up with -1, for which the table has no row; fill up with PAD
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.full((len(batch), longest), -1)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate padded_with_the_last_word
# hint: the last word of a text is repeated up to the end of the row; fill up with PAD
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        indices = torch.as_tensor(row["features"], dtype=torch.long)
        features[place, : len(indices)] = indices
        if len(indices):
            features[place, len(indices) :] = indices[-1]
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate not_initialised
# hint: the row is filled with whatever number comes first; begin with a rectangle of PAD
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.full((len(batch), longest), 7)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate always_128_columns
# hint: every batch has 128 columns; fill up to the longest text of the batch
def collate_fn(batch):
    features = torch.zeros(len(batch), 128, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate cut_to_the_shortest
# hint: all texts are cut to the shortest one; fill up to the longest
def collate_fn(batch):
    shortest = max(1, min(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), shortest, dtype=torch.long)
    for place, row in enumerate(batch):
        indices = torch.as_tensor(row["features"], dtype=torch.long)[:shortest]
        features[place, : len(indices)] = indices
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate length_of_the_first
# hint: the first text decides the width here, and longer ones are cut; take the longest
def collate_fn(batch):
    width = max(1, len(batch[0]["features"]))
    features = torch.zeros(len(batch), width, dtype=torch.long)
    for place, row in enumerate(batch):
        indices = torch.as_tensor(row["features"], dtype=torch.long)[:width]
        features[place, : len(indices)] = indices
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate one_column_too_many
# hint: there is a column of padding behind the longest text; the width is its length, and 1 only where there is no word
def collate_fn(batch):
    longest = 1 + max(len(row["features"]) for row in batch)
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate width_grows
# hint: the width is kept from batch to batch and never shrinks; find the longest text of this batch
widest = 1


def collate_fn(batch):
    global widest
    widest = max(widest, *(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), widest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate rows_are_changed
# hint: padding is added to the lists of the data set themselves, which are longer in every later epoch; fill up a copy
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    for row in batch:
        if isinstance(row["features"], list):
            row["features"].extend([PAD] * (longest - len(row["features"])))
        else:
            row["features"] = F.pad(row["features"], (0, longest - len(row["features"])))
    features = torch.stack([torch.as_tensor(row["features"]) for row in batch])
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate no_column_for_empty_texts
# hint: a batch of texts without a word has no column at all, and models read at least one; T is at least 1
def collate_fn(batch):
    longest = max(len(row["features"]) for row in batch)
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate empty_texts_dropped
# hint: texts without a word are left out; they keep their row, full of PAD, and their label
def collate_fn(batch):
    batch = [row for row in batch if len(row["features"])] or batch
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate empty_texts_become_unknown
# hint: a text without a word gets an unknown word here; its row is full of PAD
def collate_fn(batch):
    lists = [list(row["features"]) or [UNK] for row in batch]
    longest = max(len(indices) for indices in lists)
    features = torch.tensor([[int(i) for i in indices] + [PAD] * (longest - len(indices)) for indices in lists])
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate time_first
# hint: this is (T, B); the texts are the rows
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(longest, len(batch), dtype=torch.long)
    for place, row in enumerate(batch):
        features[: len(row["features"]), place] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate pad_sequence_time_first
# hint: pad_sequence gives (T, B), and no column for texts without a word; ask it for the batch first and look after T = 0
def collate_fn(batch):
    features = nn.utils.rnn.pad_sequence([torch.as_tensor(row["features"], dtype=torch.long) for row in batch])
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate pad_sequence_without_types
# hint: an empty list becomes a float32 tensor, and the batch may have no column; state the type, and see that T is at least 1
def collate_fn(batch):
    texts = [torch.as_tensor(row["features"]) for row in batch]
    features = nn.utils.rnn.pad_sequence(texts, batch_first=True, padding_value=PAD)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate float_for_empty_texts
# hint: the tensor of an empty list is float32, which nn.Embedding refuses; state int64 for the whole matrix
def collate_fn(batch):
    texts = [torch.as_tensor(row["features"]) for row in batch]
    longest = max(1, max(len(text) for text in texts))
    filled = [torch.cat([text, torch.zeros(longest - len(text), dtype=text.dtype)]) for text in texts]
    return {"features": torch.stack(filled), "labels": torch.tensor([row["label"] for row in batch])}


# %% collate zeros_of_floats
# hint: the matrix of padding is float32, which nn.Embedding refuses; make it int64
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"])
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate int32
# hint: the indices are int32; the loss and the exercise ask for int64
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.int32)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.int32)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch], dtype=torch.int32)}


# %% collate labels_float
# hint: the labels are floats, and the cross-entropy takes those for probabilities; make them int64
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([float(row["label"]) for row in batch])}


# %% collate labels_are_a_list
# hint: the labels are a list; make them an int64 tensor
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": [row["label"] for row in batch]}


# %% collate labels_in_a_column
# hint: the labels are a matrix (B, 1); the loss wants (B,)
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([[row["label"]] for row in batch])}


# %% collate labels_one_hot
# hint: the labels are rows of zeros and a one; give the number of the topic
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": F.one_hot(torch.tensor([row["label"] for row in batch]), 4)}


# %% collate labels_from_one
# hint: the labels start at 1 here; they are 0 to 3 already, take them as they are
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] + 1 for row in batch])}


# %% collate sorted_by_length
# hint: the texts are sorted by their length; keep the order of the batch
def collate_fn(batch):
    batch = sorted(batch, key=lambda row: -len(row["features"]))
    longest = max(1, len(batch[0]["features"]))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate sorted_without_labels
# hint: the texts are sorted by their length and the labels are not, so they no longer belong together; keep the order of the batch
def collate_fn(batch):
    texts = sorted((row["features"] for row in batch), key=len, reverse=True)
    longest = max(1, len(texts[0]))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, text in enumerate(texts):
        features[place, : len(text)] = torch.as_tensor(text, dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate other_keys
# hint: the keys have other names than the loop expects; call them features and labels
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"input_ids": features, "targets": torch.tensor([row["label"] for row in batch])}


# %% collate key_of_the_row
# hint: the labels of the batch stand under the key of a row; a batch calls them labels
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "label": torch.tensor([row["label"] for row in batch])}


# %% collate rows_ask_for_labels
# hint: a row has its label under label, not labels
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["labels"] for row in batch])}


# %% collate pair_returned
# hint: this is a pair; return a dict with the keys features and labels
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return features, torch.tensor([row["label"] for row in batch])


# %% collate lengths_as_well
# hint: there is a third key; return features and labels only, models count their lengths themselves
def collate_fn(batch):
    lengths = torch.tensor([len(row["features"]) for row in batch])
    features = torch.zeros(len(batch), max(1, int(lengths.max())), dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch]), "lengths": lengths}


# %% collate not_padded
# hint: rows of different length make no tensor; fill them up to the longest first
def collate_fn(batch):
    features = torch.tensor([list(row["features"]) for row in batch], dtype=torch.long)
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate lists_not_tensors
# hint: the rows are filled up, but features is still a list of lists; make a tensor of it
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = [[int(i) for i in row["features"]] + [PAD] * (longest - len(row["features"])) for row in batch]
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate batch_is_a_dict
# hint: the batch is a list of rows; each row is the dict
def collate_fn(batch):
    longest = max(1, max(len(indices) for indices in batch["features"]))
    features = torch.zeros(len(batch["features"]), longest, dtype=torch.long)
    for place, indices in enumerate(batch["features"]):
        features[place, : len(indices)] = torch.as_tensor(indices, dtype=torch.long)
    return {"features": features, "labels": torch.tensor(batch["label"])}


# %% collate batch_of_one_squeezed
# hint: a batch of one loses its first dimension; squeeze nothing, it is (1, T)
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
    return {"features": features.squeeze(0), "labels": torch.tensor([row["label"] for row in batch])}


# %% collate lists_only
# hint: a list and a tensor are added as if both were lists; rows may hold 1-d tensors as well
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = [row["features"] + [PAD] * (longest - len(row["features"])) for row in batch]
    return {"features": torch.tensor(features), "labels": torch.tensor([row["label"] for row in batch])}


# %% collate tensors_only
# hint: the rows are taken for tensors; here they are lists, and may be either
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : row["features"].shape[0]] = row["features"]
    return {"features": features, "labels": torch.tensor([row["label"] for row in batch])}


# %% collate seminar
# hint: only tensors can be joined like this, and a list is none; make a tensor of each row first, and see that T is at least 1
def collate_fn(batch):
    max_len = max(len(row["features"]) for row in batch)
    input_embeds = torch.empty((len(batch), max_len), dtype=torch.long)
    labels = torch.empty(len(batch), dtype=torch.long)
    for idx, row in enumerate(batch):
        to_pad = max_len - len(row["features"])
        input_embeds[idx] = torch.cat((row["features"], torch.zeros(to_pad)))
        labels[idx] = row["label"]
    return {"features": input_embeds, "labels": labels}


# %% collate first_text_only
# hint: return stands inside the loop, so only the first text is filled in; move it behind the loop
def collate_fn(batch):
    longest = max(1, max(len(row["features"]) for row in batch))
    features = torch.zeros(len(batch), longest, dtype=torch.long)
    labels = torch.zeros(len(batch), dtype=torch.long)
    for place, row in enumerate(batch):
        features[place, : len(row["features"])] = torch.as_tensor(row["features"], dtype=torch.long)
        labels[place] = row["label"]
        return {"features": features, "labels": labels}


# %% cnn_model padding_windows_counted
# hint: windows centred at padding take part in the maximum, where a bias alone can win; set them to 0 after the ReLU
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
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x))
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model average_instead_of_maximum
# hint: this is the average over the words, which asks how often a detector fires; the formula takes the maximum over time
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.sum(dim=2) / mask.sum(dim=2).clamp(min=1))
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model average_over_padding_too
# hint: this is an average, and over padding as well; take the maximum over the real words
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
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x))
            pooled.append(c.mean(dim=2))
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model masked_windows_averaged_over_t
# hint: this is an average over all T columns; the formula takes the maximum over time
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.mean(dim=2))
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model sum_instead_of_maximum
# hint: the windows of a text are added up, so long texts give large numbers; take the maximum over time
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.sum(dim=2))
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model first_kernel_size_everywhere
# hint: every convolution has the first kernel size; each one takes its own size from kernel_sizes
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, kernel_sizes[0], padding=kernel_sizes[0] // 2) for _ in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model minus_infinity_on_empty_texts
# hint: a text without a word has no window left, so its maximum is minus infinity; its vector should be 0, which masking by 0 after the ReLU gives
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)).masked_fill(~mask, float("-inf"))
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model large_negative_number_on_empty_texts
# hint: a text without a word is left with the large negative number of your mask; its vector should be 0
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)).masked_fill(~mask, -1e9)
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model dropout_built_in_forward
# hint: a dropout that is made in forward, or called without training=, is always in training mode; make the module once, in __init__, so that model.eval() switches it off
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.p = dropout
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = nn.Dropout(self.p)(x)
        return self.classifier(x)


# %% cnn_model half_is_dropped_by_default
# hint: something is dropped though nobody asked for it; the signature says dropout=0.0
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.5):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.p = dropout
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = F.dropout(x, self.p, self.training)
        return self.classifier(x)


# %% cnn_model dropout_without_its_rate
# hint: here 0.5 is dropped always, whatever the argument `dropout` says; hand the rate on
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.p = dropout
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = F.dropout(x, training=self.training)
        return self.classifier(x)


# %% cnn_model dropout_is_the_share_that_stays
# hint: `dropout` is the share that is dropped, not the share that stays; hand it on as it is
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(1 - dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model dropout_without_rescaling
# hint: what stays after dropout must be divided by 1 - dropout, so that the size of the vector stays the same; nn.Dropout does that
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.p = dropout
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        if self.training:
            x = x * (torch.rand_like(x) >= self.p)
        return self.classifier(x)


# %% cnn_model dropout_before_the_maximum
# hint: dropout acts on word vectors or on windows here; it belongs on the vector of the text, after the maxima are put together
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
        mask = (features != PAD).unsqueeze(1)
        x = self.dropout(self.embeddings(features)).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        return self.classifier(x)


# %% cnn_model dropout_on_the_logits
# hint: dropout acts on the logits; it belongs before the classifier
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        return self.dropout(self.classifier(x))


# %% cnn_model dropout_forgotten
# hint: the argument `dropout` has no effect; use it on the vector of the text, before the classifier
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        return self.classifier(x)


# %% cnn_model relu_forgotten
# hint: there is no ReLU, so a detector that finds nothing gives a negative number; apply it to every window before the maximum
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = conv(x) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model relu_before_the_convolution
# hint: the ReLU acts on the word vectors and cuts half of them off; it belongs after the convolution
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = conv(torch.relu(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model tanh_instead_of_relu
# hint: tanh squeezes what the detectors find; the formula has a ReLU
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.tanh(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model sigmoid_instead_of_relu
# hint: a sigmoid is never 0, so a detector that finds nothing still speaks; the formula has a ReLU
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.sigmoid(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model transpose_forgotten
# hint: nn.Conv1d wants the D numbers of a word as channels, (B, D, T); exchange the last two dimensions of the word vectors
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model reshape_instead_of_transpose
# hint: reshape and view cut the numbers in their old order and mix words with dimensions; exchange the two dimensions by transpose or permute
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features)
        x = x.reshape(x.shape[0], x.shape[2], x.shape[1])
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model convolutions_in_a_plain_list
# hint: no convolution is among the model's parameters: a plain list hides them from the optimizer and from .to(device); put them into an nn.ModuleList
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = [
            nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes
        ]
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model no_padding_of_the_windows
# hint: without padding a text shorter than the kernel has no window at all, and the first word is the centre of none; pad by half of the kernel size
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x))
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model padding_of_one_everywhere
# hint: padding by 1 fits kernel size 3 only; half of the kernel size, rounded down, fits each
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=1) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x))
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model padding_by_the_whole_kernel
# hint: padding by k - 1 gives windows that are centred outside the text; half of the kernel size, rounded down, gives T of them
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k - 1) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x))
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model windows_shifted_to_the_past
# hint: all padding stands before the text here, so a window ends at its word; it should be centred there, with half of the padding on each side
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(F.pad(x, (conv.kernel_size[0] - 1, 0)))) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model word_vectors_start_at_one
# hint: the word vectors start with a standard deviation of 1, as torch draws them, and rare words keep that noise; make it 0.1
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model word_vectors_start_too_small
# hint: the word vectors start far too small; their standard deviation should be 0.1
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        with torch.no_grad():
            self.embeddings.weight.mul_(0.01)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model word_vectors_start_positive
# hint: the word vectors start with positive numbers only; draw them from a normal distribution around 0
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        nn.init.uniform_(self.embeddings.weight, 0, 0.3)
        with torch.no_grad():
            self.embeddings.weight[PAD] = 0
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model normal_over_the_row_of_padding
# hint: the start by hand overwrites the row of PAD, which padding_idx had set to 0; set it to 0 again, or scale the table instead
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model padding_idx_forgotten
# hint: the row of PAD has a random vector that is trained; tell nn.Embedding its padding_idx
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model row_of_padding_can_be_trained
# hint: the row of PAD starts at 0 and is trained away from it; padding_idx keeps its gradient at 0
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        with torch.no_grad():
            self.embeddings.weight[PAD] = 0
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model unknown_words_as_padding_idx
# hint: padding_idx is the index of UNK here, so the vector of unknown words is never trained; it should be PAD
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=UNK)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model unknown_words_masked
# hint: windows centred at UNK are left out; an unknown word is a word, only PAD is none
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
        mask = (features > UNK).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model padding_kept_and_words_masked
# hint: the mask is the wrong way round: windows of words are set to 0, those of padding count
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
        mask = (features == PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model softmax_at_the_end
# hint: the model returns probabilities; it should return logits, nn.CrossEntropyLoss makes the softmax itself
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return torch.softmax(self.classifier(x), dim=1)


# %% cnn_model log_softmax_at_the_end
# hint: the model returns log-probabilities; return what the classifier gives, nn.CrossEntropyLoss does the rest
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return F.log_softmax(self.classifier(x), dim=1)


# %% cnn_model topics_instead_of_logits
# hint: the model returns the best topic; return the logits (B, C)
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x).argmax(dim=1)


# %% cnn_model relu_on_the_logits
# hint: a ReLU acts on the logits, which may well be negative; it belongs on the windows only
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return torch.relu(self.classifier(x))


# %% cnn_model maximum_over_detectors
# hint: the maximum is taken over the H detectors (dim=1); take it over time, which is the last dimension after nn.Conv1d
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=1).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model indices_of_the_maxima
# hint: max(dim=...) returns a pair of values and positions, and these are the positions; take the values
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).indices.to(c.dtype))
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model pair_of_max_kept
# hint: max(dim=...) returns a pair of values and positions; take the values
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2))
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model last_window_only
# hint: only the last window is read, which is padding for most texts; take the maximum over all windows of words
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c[:, :, -1])
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model maxima_added
# hint: the maxima of the kernel sizes are added up; put them side by side, so that the classifier reads H numbers of each
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = sum(pooled)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model maxima_interleaved
# hint: the maxima are there in another order: detector by detector; first come all H of the first kernel size, then all of the second
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.stack(pooled, dim=2).flatten(1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model last_kernel_size_only
# hint: only the maxima of the last convolution reach the classifier; collect those of all and put them side by side
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = pooled[-1]
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model maxima_in_reverse_order
# hint: the convolutions are put together from the last to the first; keep their order
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled[::-1], dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model convolutions_one_after_the_other
# hint: each convolution reads what the one before it found; all of them read the word vectors
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size if i == 0 else hidden_size, hidden_size, k, padding=k // 2) for i, k in enumerate(kernel_sizes)]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            x = torch.relu(conv(x)) * mask
            pooled.append(x.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model sorted_kernel_sizes
# hint: the kernel sizes are sorted; keep them in the order in which they are given
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in sorted(kernel_sizes)]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model kernel_sizes_hard_coded
# hint: the kernel sizes are always 3 and 5; use the argument kernel_sizes
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in (3, 5)]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * 2, num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model classes_hard_coded
# hint: the classifier has always four classes; use the argument num_classes
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), 4)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model convolutions_without_bias
# hint: the convolutions have no bias, the formula has one for each detector
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2, bias=False) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model other_attribute_names
# hint: the weights stand under other names; call the attributes embeddings, convolutions and classifier
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embedding = small_embeddings(num_words, embed_size)
        self.convs = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embedding(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convs:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.fc(x)


# %% cnn_model two_layers_in_the_classifier
# hint: the classifier has two layers; the formula has one linear map, so it is a single nn.Linear
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Sequential(
            nn.Linear(hidden_size * len(kernel_sizes), hidden_size), nn.ReLU(), nn.Linear(hidden_size, num_classes)
        )

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model embeddings_detached
# hint: no gradient reaches the word vectors, so they are never trained; embed without detach, .data and no_grad, and leave requires_grad True
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).detach().permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model squeezed_batch_of_one
# hint: squeeze() also removes the dimension of a batch of one; name the dimension, or leave it out
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x).squeeze()


# %% cnn_model super_init_forgotten
# hint: nn.Module is not set up; call super().__init__() before the first attribute
class CNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, kernel_sizes=(3, 5), dropout=0.0):
        self.embeddings = small_embeddings(num_words, embed_size)
        self.convolutions = nn.ModuleList(
            [nn.Conv1d(embed_size, hidden_size, k, padding=k // 2) for k in kernel_sizes]
        )
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size * len(kernel_sizes), num_classes)

    def forward(self, features):
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model two_dimensions_exchanged_at_the_start
# hint: the batch dimension is moved away from the front; only the last two dimensions of the word vectors change places
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(1, 2, 0)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.cat(pooled, dim=1)
        x = self.dropout(x)
        return self.classifier(x)


# %% cnn_model sigmoid_on_the_text_vector
# hint: a sigmoid acts on the maxima; after the ReLU and the maximum nothing else comes before dropout and classifier
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
        mask = (features != PAD).unsqueeze(1)
        x = self.embeddings(features).permute(0, 2, 1)
        pooled = []
        for conv in self.convolutions:
            c = torch.relu(conv(x)) * mask
            pooled.append(c.max(dim=2).values)
        x = torch.sigmoid(torch.cat(pooled, dim=1))
        x = self.dropout(x)
        return self.classifier(x)


# %% train_step weights_never_move
# hint: the weights never move, because backward or the step is missing, comes too early, or the gradients are forgotten between them; forget, send back, step
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    return loss.item()


# %% train_step gradients_never_forgotten
# hint: gradients of earlier steps are still there and add up; forget them before the loss is sent back
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step gradients_forgotten_at_the_end
# hint: gradients are forgotten after the step only, so whatever was there before the first one counts; forget them at the beginning
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


# %% train_step two_steps
# hint: the optimizer steps twice with the same gradient; step once
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    optimizer.step()
    return loss.item()


# %% train_step step_backwards
# hint: the loss is climbed, not descended; send back the loss itself, without a minus
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    (-loss).backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step not_clipped
# hint: max_grad_norm has no effect, because nothing is clipped, or too early or too late; clip the gradients between backward and the step
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


# %% train_step always_clipped
# hint: None is passed on as a length, and nothing can be compared with it; clip only where max_grad_norm is given
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step clipped_to_one_without_limit
# hint: None is taken for 1.0; None means that nothing is clipped
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm or 1.0)
    optimizer.step()
    return loss.item()


# %% train_step always_two
# hint: the 2 is typed in; clip to max_grad_norm
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    optimizer.step()
    return loss.item()


# %% train_step clipped_by_value
# hint: each number of the gradient is cut by itself, which changes its direction; shorten the whole gradient to the norm
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_value_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step each_weight_clipped_by_itself
# hint: each weight is clipped by itself, which changes the direction; the norm is that of all gradients together
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        for weight in model.parameters():
            nn.utils.clip_grad_norm_(weight, max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step embeddings_not_clipped
# hint: only the classifier is clipped; the norm is that of all gradients together
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.classifier.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step maximum_norm
# hint: the largest number of the gradient is compared with the limit, not its length; use the 2-norm
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm, norm_type=float("inf"))
    optimizer.step()
    return loss.item()


# %% train_step sum_norm
# hint: the absolute values of the gradient are added up; its length is the 2-norm
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm, norm_type=1)
    optimizer.step()
    return loss.item()


# %% train_step weights_clipped
# hint: the weights are shortened, not their gradients
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        with torch.no_grad():
            for weight in model.parameters():
                weight.mul_(min(1.0, max_grad_norm / (weight.norm().item() + 1e-6)))
    optimizer.step()
    return loss.item()


# %% train_step loss_clipped
# hint: the loss is cut at max_grad_norm; clip the gradients
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    (loss if max_grad_norm is None else loss.clamp(max=max_grad_norm)).backward()
    optimizer.step()
    return loss.item()


# %% train_step short_gradients_made_longer
# hint: every gradient gets the length max_grad_norm, short ones too; only shorten
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        norm = torch.stack([weight.grad.norm() for weight in model.parameters()]).norm()
        for weight in model.parameters():
            weight.grad *= max_grad_norm / norm
    optimizer.step()
    return loss.item()


# %% train_step squared_norm
# hint: the gradient is compared by its squared length; take the root
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        squared = sum((weight.grad**2).sum() for weight in model.parameters())
        for weight in model.parameters():
            weight.grad *= min(1.0, max_grad_norm / squared.item())
    optimizer.step()
    return loss.item()


# %% train_step mode_not_set
# hint: after an evaluation the model is still in evaluation mode here, and dropout does nothing; set the training mode in each step
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step evaluation_mode
# hint: the model is in evaluation mode; a step is made in training mode
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.eval()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step mode_set_too_late
# hint: the training mode is set after the model has been called; set it first
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    model.train()
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step tensor_returned
# hint: the loss is returned as a tensor, which may keep everything that it was computed from; take its number
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss


# %% train_step nothing_returned
# hint: the function returns None; return the loss as a number
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()


# %% train_step loss_after_the_step
# hint: this is the loss after the step; return that of before, which is computed already
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return criterion(model(features), labels).item()


# %% train_step loss_times_texts
# hint: the loss is multiplied by the number of texts; return the mean of the batch, and weigh it in the loop
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item() * len(labels)


# %% train_step loss_per_text_twice
# hint: the loss is divided by the number of texts once more; the criterion has done that
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item() / len(labels)


# %% train_step loss_rounded
# hint: the loss is rounded; return it as it is
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return round(loss.item(), 2)


# %% train_step accuracy_returned
# hint: this is the accuracy; return the loss
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    logits = model(features)
    loss = criterion(logits, labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return (logits.argmax(dim=1) == labels).float().mean().item()


# %% train_step loss_and_accuracy_returned
# hint: two values are returned; return the loss alone
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    logits = model(features)
    loss = criterion(logits, labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item(), (logits.argmax(dim=1) == labels).float().mean().item()


# %% train_step arguments_exchanged
# hint: the labels come first here; the criterion takes the logits first
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(labels, model(features))
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step softmax_before_the_loss
# hint: the criterion gets probabilities, and takes their softmax once more; give it the logits
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features).softmax(dim=1), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step loss_of_its_own
# hint: another loss than the criterion is computed; call the criterion that is passed in
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = F.cross_entropy(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step summed_loss
# hint: the loss is the sum over the texts; send back what the criterion gives, which is their mean
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    (loss * len(labels)).backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step no_gradients_at_all
# hint: the loss does not hang on the weights, since it was computed without gradients or from guessed topics; give the criterion logits with gradients
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    with torch.no_grad():
        loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step loss_detached
# hint: the number is taken out of the loss too early, and a number cannot be sent back
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels).item()
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss


# %% train_step optimizer_of_its_own
# hint: a new optimizer is made in each step; use the one that is passed in
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer = torch.optim.Adam(model.parameters())
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step batch_is_a_pair
# hint: the batch is a dict, and unpacking it gives its keys; ask for features and labels
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step other_keys
# hint: the batch has other keys than these; collate_fn calls them features and labels
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["input_ids"].to(device_of(model)), batch["targets"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step first_text_only
# hint: only the first text of the batch is read; read all of them
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features[:1]), labels[:1])
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    optimizer.step()
    return loss.item()


# %% train_step classifier_only
# hint: the word vectors do not move; the step is for all weights of the optimizer
def train_step(model, criterion, optimizer, batch, max_grad_norm):
    model.train()
    optimizer.zero_grad()
    features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
    loss = criterion(model(features), labels)
    loss.backward()
    if max_grad_norm is not None:
        nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
    model.embeddings.weight.grad = None
    optimizer.step()
    return loss.item()


# %% evaluate loss_mean_of_the_batches
# hint: the losses of the batches are averaged, where a small last batch counts as much as a full one; weigh each with its number of texts
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item()
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / len(loader), right / count) if count else (0.0, 0.0)


# %% evaluate accuracy_mean_of_the_batches
# hint: the accuracies of the batches are averaged, where a small last batch counts as much as a full one; count the right answers of all texts
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).float().mean().item()
            count += len(labels)
    return (total / count, right / len(loader)) if count else (0.0, 0.0)


# %% evaluate means_of_the_batches
# hint: loss and accuracy are averaged over batches, where a small last batch counts as much as a full one; count texts
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item()
            right += (logits.argmax(dim=1) == labels).float().mean().item()
            count += 1
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate seminar
# hint: the losses are averaged over batches, and are tensors; weigh each with its number of texts and take its number
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels)
            right += (logits.argmax(dim=1) == labels).float().sum()
            count += len(labels)
    return (total / len(loader), right / count) if count else (0.0, 0.0)


# %% evaluate loss_by_batches_accuracy_missing_texts
# hint: the loss is not weighed with the number of texts but divided by it; multiply each by it first
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item()
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate loss_divided_by_batches
# hint: the weighed losses are divided by the number of batches; divide by the number of texts
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / len(loader), right / count) if count else (0.0, 0.0)


# %% evaluate accuracy_divided_by_batches
# hint: the right answers are divided by the number of batches; divide by the number of texts
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / len(loader)) if count else (0.0, 0.0)


# %% evaluate full_batches_assumed
# hint: each batch is taken for a full one; the last may be smaller, so use the number of its labels
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * loader.batch_size
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += loader.batch_size
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate sums_returned
# hint: these are sums; divide both by the number of texts
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total, float(right))


# %% evaluate number_of_right_answers
# hint: the second value is a number of texts; divide it by all texts
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, float(right)) if count else (0.0, 0.0)


# %% evaluate percent
# hint: the accuracy is in percent; it goes from 0 to 1
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, 100 * right / count) if count else (0.0, 0.0)


# %% evaluate error_rate
# hint: this is the share of wrong answers; count the right ones
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) != labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate least_likely_topic
# hint: the smallest logit is taken; the guess is the topic with the largest
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmin(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate largest_over_the_batch
# hint: the largest logit is looked for among the texts; look among the topics of each text
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=0)[: len(labels)] == labels[: logits.shape[1]]).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate largest_of_all
# hint: the largest logit of the whole batch is taken; take one for each text
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax() == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate logits_compared_with_labels
# hint: nothing is ever right, as if the largest logits themselves were compared with the labels; compare their places
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.max(dim=1).values == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate exchanged
# hint: the accuracy comes first here; return the loss, then the accuracy
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (right / count, total / count) if count else (0.0, 0.0)


# %% evaluate loss_only
# hint: only the loss is returned; return the loss and the accuracy
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return total / count if count else 0.0


# %% evaluate dict_returned
# hint: this is a dict; return two floats
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return {"loss": total / max(count, 1), "accuracy": right / max(count, 1)}


# %% evaluate tensors_returned
# hint: these are tensors; return two plain floats
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels) * len(labels)
            right += (logits.argmax(dim=1) == labels).sum()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate accuracy_is_a_tensor
# hint: the accuracy is a tensor; take its number
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate loss_is_a_tensor
# hint: the loss is a tensor; take its number
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels) * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate last_batch_only
# hint: only the last batch counts; add up over all of them
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total = criterion(logits, labels).item() * len(labels)
            right = (logits.argmax(dim=1) == labels).sum().item()
            count = len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate first_batch_only
# hint: return stands inside the loop, so only the first batch counts; move it behind the loop
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
            return total / count, right / count
    return 0.0, 0.0


# %% evaluate training_mode
# hint: the model is in training mode, and dropout makes every result another one; set the evaluation mode
def evaluate(model, criterion, loader):
    model.train()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate gradients_computed
# hint: gradients are prepared that nobody uses; evaluate without them
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    if True:
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate gradients_and_training_mode
# hint: neither the evaluation mode is set nor are gradients switched off; do both before the loop
def evaluate(model, criterion, loader):
    total, right, count = 0.0, 0, 0
    if True:
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate gradients_off_for_good
# hint: gradients are switched off and never on again, so no later step can learn; switch them off for this block only
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    torch.set_grad_enabled(False)
    if True:
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate weights_frozen
# hint: the weights are frozen and stay so, and no later step can learn; go without gradients in this block only
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    model.requires_grad_(False)
    if True:
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate weights_frozen_inside_no_grad
# hint: the weights are frozen and stay so, and no later step can learn; to go without gradients is enough
def evaluate(model, criterion, loader):
    model.eval()
    model.requires_grad_(False)
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate empty_loader_crashes
# hint: an empty loader makes this divide by 0; return 0.0 for both then
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count)


# %% evaluate empty_loader_gives_nan
# hint: an empty loader gives nan; return 0.0 for both then
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (math.nan, math.nan)


# %% evaluate empty_loader_gives_none
# hint: an empty loader gives None; return 0.0 for both then
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    if count:
        return total / count, right / count


# %% evaluate division_by_one_more
# hint: a small number is added to the number of texts to save the empty loader, and changes every other result; look after that case by itself
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / (count + 1), right / (count + 1))


# %% evaluate loss_of_its_own
# hint: another loss than the criterion is computed; call the criterion that is passed in
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += F.cross_entropy(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate softmax_before_the_loss
# hint: the criterion gets probabilities, and takes their softmax once more; give it the logits
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features).softmax(dim=1)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate loss_of_the_guesses
# hint: the loss is computed against the guesses; compute it against the labels
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, logits.argmax(dim=1)).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate arguments_exchanged
# hint: the labels come first here; the criterion takes the logits first
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(labels, logits).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate batch_is_a_pair
# hint: the batch is a dict, and unpacking it gives its keys; ask for features and labels
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate counts_start_anew
# hint: the number of texts is set to 0 in each batch; set it once, before the loop
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            count = 0
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% evaluate rounded
# hint: the results are rounded; return them as they are
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (round(total / count, 2), round(right / count, 2)) if count else (0.0, 0.0)


# %% evaluate loss_of_all_but_the_smallest
# hint: the last batch is left out because it is smaller; weigh it with its number of texts
def evaluate(model, criterion, loader):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for batch in loader:
            features, labels = batch["features"].to(device_of(model)), batch["labels"].to(device_of(model))
            if len(labels) < loader.batch_size:
                continue
            logits = model(features)
            total += criterion(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return (total / count, right / count) if count else (0.0, 0.0)


# %% training mean_of_the_batches
# hint: the losses of the steps are averaged over batches, where a small last one counts as much as a full one; weigh each with its number of texts
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss
            count += 1
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training divided_by_texts_only
# hint: the losses of the batches are added up unweighed and divided by the number of texts; multiply each by its number of texts
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training divided_by_batches
# hint: the weighed losses are divided by the number of batches; divide by the number of texts
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += 1
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training full_batches_assumed
# hint: each batch is taken for a full one; the last may be smaller, so use the number of its labels
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * loaders["train"].batch_size
            count += loaders["train"].batch_size
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / len(loaders["train"].dataset), "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training sum_of_losses
# hint: the train loss is a sum; divide it by the number of texts
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training loss_of_the_last_step
# hint: the train loss is that of the last step; average over all texts of the epoch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total = loss * len(batch["labels"])
            count = len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training sums_run_on
# hint: the sums of the loss are never set back, so later epochs average over earlier ones too; start them anew in each epoch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    total, count = 0.0, 0
    for _ in range(num_epochs):
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training count_runs_on
# hint: the number of texts is never set back, so the loss of later epochs is too small; start it anew in each epoch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    count = 0
    for _ in range(num_epochs):
        total = 0.0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training loss_measured_after_the_epoch
# hint: the train loss is measured after the epoch; average the losses that the steps return
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": evaluate(model, criterion, loaders["train"])[0], "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training validated_on_training_texts
# hint: the model is validated on the texts that it trains on; use the other loader
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["train"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training trained_on_validation_texts
# hint: the steps are made on the validation texts; train on the other loader
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["valid"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training loaders_exchanged
# hint: training and validation texts are exchanged
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["valid"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["train"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training validated_on_test_texts
# hint: the test texts are for the very end; validate on the loader for it
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["test"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training validated_before_the_epoch
# hint: the validation comes before the steps of the epoch; look after them
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training validated_in_every_step
# hint: the validation stands inside the loop over the batches, which takes very long; look once, after the epoch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
            valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training one_entry_for_each_step
# hint: the history has an entry for each step; append once, after the epoch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
            valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
            history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training validated_at_the_end_only
# hint: the validation is done once, after the last epoch; look after each
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        history.append({"train_loss": total / count, })
    valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
    history = [{**epoch, "valid_loss": valid_loss, "accuracy": accuracy} for epoch in history]
    return history


# %% training returns_after_the_first_epoch
# hint: return stands inside the loop, so the training ends after one epoch; move it behind the loop
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
        return history
    return history


# %% training one_epoch_too_few
# hint: an epoch is missing; there are num_epochs of them
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(1, num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training one_epoch_too_many
# hint: there is an epoch too many; there are num_epochs of them
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs + 1):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training first_batch_only
# hint: the epoch ends after its first batch; make a step for each
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
            break
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training last_epoch_only
# hint: the history has the last epoch only; append to it
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history = [{"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy}]
    return history


# %% training same_dict_again
# hint: one dict is appended again and again, and all entries show the last epoch; make a new one for each
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history, entry = [], {}
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        entry.update(train_loss=total / count, valid_loss=valid_loss, accuracy=accuracy)
        history.append(entry)
    return history


# %% training dict_of_lists
# hint: this is a dict of lists; return a list with a dict for each epoch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return {name: [epoch[name] for epoch in history] for name in ("train_loss", "valid_loss", "accuracy")}


# %% training tuples
# hint: the entries are tuples; they are dicts with three names
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append((total / count, valid_loss, accuracy))
    return history


# %% training other_names
# hint: the names differ from those that were agreed on; they are train_loss, valid_loss and accuracy
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "val_loss": valid_loss, "val_accuracy": accuracy})
    return history


# %% training no_train_loss
# hint: the train loss is missing from the history; it is the mean of the losses of the steps
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training nothing_returned
# hint: the function returns None; return the history
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})


# %% training model_returned
# hint: the model is returned; it has changed in place, return the history
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return model


# %% training loss_and_accuracy_exchanged
# hint: loss and accuracy are exchanged; evaluate gives the loss first
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        accuracy, valid_loss = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training accuracy_in_percent
# hint: the accuracy is in percent; it goes from 0 to 1
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": 100 * accuracy})
    return history


# %% training pair_as_the_loss
# hint: valid_loss is the pair that evaluate returns; take it apart
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": (valid_loss, accuracy), "accuracy": accuracy})
    return history


# %% training tensors_in_the_history
# hint: the numbers of the history are tensors; they are plain floats
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": torch.tensor(total / count), "valid_loss": torch.tensor(valid_loss), "accuracy": accuracy})
    return history


# %% training never_clipped
# hint: max_grad_norm is not passed on and nothing is clipped; give it to the step
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, None)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training always_two
# hint: the 2 is typed in; give max_grad_norm to the step
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, 2.0)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training default_of_one
# hint: without the argument gradients are clipped to 1; the default is 2
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=1.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training default_of_none
# hint: without the argument nothing is clipped; the default is 2
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=None):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training none_becomes_two
# hint: None is replaced by 2; None means that nothing is clipped
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm or 2.0)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training two_steps_for_each_batch
# hint: two steps are made for each batch; make one, and use the loss that it returns
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            train_step(model, criterion, optimizer, batch, max_grad_norm)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training optimizer_of_its_own
# hint: a new optimizer is made in each epoch; use the one that is passed in
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training copy_trained
# hint: a copy of the model is trained, with an optimizer that holds the weights of the original; train the model itself
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    import copy

    model, history = copy.deepcopy(model), []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training starts_again_in_each_epoch
# hint: each epoch starts from the weights of the beginning; go on from where the last one ended
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    import copy

    history, start = [], copy.deepcopy(model.state_dict())
    for _ in range(num_epochs):
        model.load_state_dict(start)
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training trained_by_evaluating
# hint: the batches are only looked at, no step is made; call train_step
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = evaluate(model, criterion, [batch])[0]
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training loaders_are_a_pair
# hint: the loaders are a dict, and unpacking it gives its keys; ask for train and valid
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    train_loader, valid_loader = loaders
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(train_loader, leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, valid_loader)
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training training_mode_in_validation
# hint: the model stays in training mode while it is validated, and dropout is active; set the evaluation mode before
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        model.train()
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            optimizer.zero_grad()
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            if max_grad_norm is not None:
                nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
            optimizer.step()
            total += loss.item() * len(batch["labels"])
            count += len(batch["labels"])
        valid, right, seen = 0.0, 0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                logits = model(batch["features"])
                valid += criterion(logits, batch["labels"]).item() * len(batch["labels"])
                right += (logits.argmax(dim=-1) == batch["labels"]).sum().item()
                seen += len(batch["labels"])
        history.append({"train_loss": total / count, "valid_loss": valid / seen, "accuracy": right / seen})
    return history


# %% training training_mode_only_once
# hint: the training mode is set before the first epoch only, and the first validation ends it; set it in each epoch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    model.train()
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            optimizer.zero_grad()
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            if max_grad_norm is not None:
                nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
            optimizer.step()
            total += loss.item() * len(batch["labels"])
            count += len(batch["labels"])
        model.eval()
        valid, right, seen = 0.0, 0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                logits = model(batch["features"])
                valid += criterion(logits, batch["labels"]).item() * len(batch["labels"])
                right += (logits.argmax(dim=-1) == batch["labels"]).sum().item()
                seen += len(batch["labels"])
        history.append({"train_loss": total / count, "valid_loss": valid / seen, "accuracy": right / seen})
    return history


# %% training training_mode_never_set
# hint: the model trains in the mode that it was in, which an evaluation leaves behind; set the training mode in each epoch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            optimizer.zero_grad()
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            if max_grad_norm is not None:
                nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
            optimizer.step()
            total += loss.item() * len(batch["labels"])
            count += len(batch["labels"])
        model.eval()
        valid, right, seen = 0.0, 0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                logits = model(batch["features"])
                valid += criterion(logits, batch["labels"]).item() * len(batch["labels"])
                right += (logits.argmax(dim=-1) == batch["labels"]).sum().item()
                seen += len(batch["labels"])
        history.append({"train_loss": total / count, "valid_loss": valid / seen, "accuracy": right / seen})
    return history


# %% training gradients_add_up
# hint: gradients of earlier steps are still there and add up; forget them in each step
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        model.train()
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            if max_grad_norm is not None:
                nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
            optimizer.step()
            total += loss.item() * len(batch["labels"])
            count += len(batch["labels"])
        model.eval()
        valid, right, seen = 0.0, 0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                logits = model(batch["features"])
                valid += criterion(logits, batch["labels"]).item() * len(batch["labels"])
                right += (logits.argmax(dim=-1) == batch["labels"]).sum().item()
                seen += len(batch["labels"])
        history.append({"train_loss": total / count, "valid_loss": valid / seen, "accuracy": right / seen})
    return history


# %% training gradients_forgotten_once_an_epoch
# hint: gradients are forgotten once in an epoch; forget them in each step
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        model.train()
        optimizer.zero_grad()
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            if max_grad_norm is not None:
                nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
            optimizer.step()
            total += loss.item() * len(batch["labels"])
            count += len(batch["labels"])
        model.eval()
        valid, right, seen = 0.0, 0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                logits = model(batch["features"])
                valid += criterion(logits, batch["labels"]).item() * len(batch["labels"])
                right += (logits.argmax(dim=-1) == batch["labels"]).sum().item()
                seen += len(batch["labels"])
        history.append({"train_loss": total / count, "valid_loss": valid / seen, "accuracy": right / seen})
    return history


# %% training validation_mean_of_the_batches
# hint: validation loss and accuracy are averaged over batches, where a small last one counts as much as a full one; count texts
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        model.train()
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            optimizer.zero_grad()
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            if max_grad_norm is not None:
                nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
            optimizer.step()
            total += loss.item() * len(batch["labels"])
            count += len(batch["labels"])
        model.eval()
        valid, right, seen = 0.0, 0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                logits = model(batch["features"])
                valid += criterion(logits, batch["labels"]).item()
                right += (logits.argmax(dim=-1) == batch["labels"]).float().mean().item()
                seen += 1
        history.append({"train_loss": total / count, "valid_loss": valid / seen, "accuracy": right / seen})
    return history


# %% training validation_loss_mean_of_the_batches
# hint: the validation loss is averaged over batches, where a small last one counts as much as a full one; weigh each with its number of texts
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        model.train()
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            optimizer.zero_grad()
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            if max_grad_norm is not None:
                nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
            optimizer.step()
            total += loss.item() * len(batch["labels"])
            count += len(batch["labels"])
        model.eval()
        valid, right, seen = 0.0, 0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                logits = model(batch["features"])
                valid += criterion(logits, batch["labels"]).item()
                right += (logits.argmax(dim=-1) == batch["labels"]).sum().item()
                seen += len(batch["labels"])
        history.append({"train_loss": total / count, "valid_loss": valid / len(loaders["valid"]), "accuracy": right / seen})
    return history


# %% training gradients_add_up_over_the_epoch
# hint: one step is made for the whole epoch, with the sum of all gradients; make a step for each batch
def training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0):
    history = []
    for _ in range(num_epochs):
        model.train()
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = criterion(model(batch["features"]), batch["labels"])
            loss.backward()
            total += loss.item() * len(batch["labels"])
            count += len(batch["labels"])
        if max_grad_norm is not None:
            nn.utils.clip_grad_norm_(model.parameters(), max_grad_norm)
        optimizer.step()
        optimizer.zero_grad()
        model.eval()
        valid, right, seen = 0.0, 0, 0
        with torch.no_grad():
            for batch in loaders["valid"]:
                logits = model(batch["features"])
                valid += criterion(logits, batch["labels"]).item() * len(batch["labels"])
                right += (logits.argmax(dim=-1) == batch["labels"]).sum().item()
                seen += len(batch["labels"])
        history.append({"train_loss": total / count, "valid_loss": valid / seen, "accuracy": right / seen})
    return history


# %% cnn_accuracy optimizer_of_another_model
# hint: the optimizer was given the parameters of another model, so this one never learned anything
def train_cnn():
    torch.manual_seed(1)
    model = CNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(CNNModel(len(word2idx), 50, 64).parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


cnn, cnn_history = timed("CNN", train_cnn)


# %% cnn_accuracy learning_rate_far_too_large
# hint: steps of a learning rate of 1 jump over every valley; the loss stays above ln 4: divide the rate by some hundreds
def train_cnn():
    torch.manual_seed(2)
    model = CNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=1.0)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


cnn, cnn_history = timed("CNN", train_cnn)


# %% cnn_accuracy learning_rate_far_too_small
# hint: with a learning rate of a millionth the loss hardly moves from ln 4: multiply the rate by a thousand or more
def train_cnn():
    torch.manual_seed(3)
    model = CNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-6)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


cnn, cnn_history = timed("CNN", train_cnn)


# %% cnn_accuracy fresh_model_returned
# hint: what is returned is a fresh model that was never trained; return the one that training worked on
def train_cnn():
    torch.manual_seed(4)
    model = CNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    history = training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)
    return CNNModel(len(word2idx), 50, 64), history


cnn, cnn_history = timed("CNN", train_cnn)


# %% cnn_accuracy one_batch_only
# hint: the model was trained on one batch only and knows it by heart; that was the ladder, train on all batches now
def train_cnn():
    torch.manual_seed(5)
    model = CNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    first = [next(iter(loaders["train"]))]
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 10, {"train": first, "valid": loaders["valid"]}, 1.0)


cnn, cnn_history = timed("CNN", train_cnn)


# %% last_states last_column
# hint: this is the last column, which is padding for most texts; row b ends at its own lengths[b]
def last_states(states, lengths, start):
    return states[:, -1]


# %% last_states last_column_but_empty_texts_right
# hint: only empty texts are treated by their length, the others end in the last column; row b ends at its own lengths[b]
def last_states(states, lengths, start):
    picked = states[:, -1]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states first_column
# hint: this is the state after the first word; read the one after the last word
def last_states(states, lengths, start):
    picked = states[:, 0]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states one_state_too_late
# hint: indices count from 0, so the state after n words has the index n - 1
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, lengths]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states one_state_too_late_clamped
# hint: indices count from 0: the state after n words has the index n - 1, and then nothing is beyond the end
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, lengths.clamp(max=states.shape[1] - 1)]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states one_state_too_early
# hint: this is the state before the last word; only 1 is taken off the length
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 2).clamp(min=0)]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states empty_text_reads_padding
# hint: for a text without a word the index is -1, which is the last column, so padding; take its row of start instead
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    return states[rows, lengths - 1]


# %% last_states first_state_for_empty_texts
# hint: a text without a word is given the state of the first padding; take its row of start instead
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    return states[rows, (lengths - 1).clamp(min=0)]


# %% last_states zeros_for_empty_texts
# hint: a text without a word is given zeros; it stays in the state that it started from, its row of start
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)]
    return picked * (lengths > 0)[:, None]


# %% last_states start_of_the_first_text
# hint: all texts without a word are given the start of the first text; each has its own row
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)]
    picked[lengths == 0] = start[0]
    return picked


# %% last_states start_for_texts_of_one_word
# hint: a text of one word has read this word; only where the length is 0 start stays
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)]
    return torch.where((lengths > 1)[:, None], picked, start)


# %% last_states condition_the_wrong_way_round
# hint: start is given to the texts with words, and a state of padding to those without; exchange the two
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)]
    return torch.where((lengths == 0)[:, None], picked, start)


# %% last_states start_added
# hint: start is added to the states of all texts; it is only for texts without a word
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)]
    return picked * (lengths > 0)[:, None] + start


# %% last_states every_text_with_every_length
# hint: a slice and a tensor of columns give every text at every length, (B, B, H); index with two tensors of the same size, one of rows and one of columns
def last_states(states, lengths, start):
    picked = states[:, (lengths - 1).clamp(min=0)]
    return picked


# %% last_states longest_length_for_all
# hint: all texts are read at the length of the longest; each has its own
def last_states(states, lengths, start):
    picked = states[:, lengths.max() - 1]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states first_length_for_all
# hint: all texts are read at the length of the first one; each has its own
def last_states(states, lengths, start):
    picked = states[:, lengths[0] - 1]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states rows_and_columns_exchanged
# hint: rows and columns are exchanged; the batch is the first dimension of the states, time the second
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[(lengths - 1).clamp(min=0), rows]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states gather_of_one_number
# hint: gather picks single numbers: an index of size 1 in the last dimension gives one of the H; expand it to H
def last_states(states, lengths, start):
    index = (lengths - 1).clamp(min=0).view(-1, 1, 1)
    picked = states.gather(1, index).squeeze(2)
    return picked


# %% last_states dimension_of_time_kept
# hint: the result has a dimension of 1 for time, (B, 1, H); take it away
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)]
    return torch.where((lengths > 0)[:, None], picked, start).unsqueeze(1)


# %% last_states squeezed_batch_of_one
# hint: squeeze() also removes the dimension of a batch of one; say which dimension, or index so that there is none to remove
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)]
    return torch.where((lengths > 0)[:, None], picked, start).squeeze()


# %% last_states mean_of_the_words
# hint: this is the average of the states of the words; take the last of them
def last_states(states, lengths, start):
    real = torch.arange(states.shape[1]) < lengths[:, None]
    picked = (states * real[..., None]).sum(dim=1) / lengths.clamp(min=1)[:, None]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states sum_of_the_words
# hint: this is the sum of the states of the words; take the last of them
def last_states(states, lengths, start):
    real = torch.arange(states.shape[1]) < lengths[:, None]
    picked = (states * real[..., None]).sum(dim=1)
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states maximum_of_the_words
# hint: this is the maximum over the states of the words, as in the CNN; take the last state
def last_states(states, lengths, start):
    real = torch.arange(states.shape[1]) < lengths[:, None]
    picked = states.masked_fill(~real[..., None], float("-inf")).amax(dim=1)
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states mean_of_all_columns
# hint: this is the average over all columns, padding too; take the state after the last word
def last_states(states, lengths, start):
    picked = states.mean(dim=1)
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states detached
# hint: the numbers are right but cut off from the network, so nothing before them is trained; pick without detach, .data and torch.tensor
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)].detach()
    return torch.where((lengths > 0)[:, None], picked, start.detach())


# %% last_states states_detached_start_not
# hint: the states are cut off from the network, so no word is trained; pick without detach and .data
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states.data[rows, (lengths - 1).clamp(min=0)]
    return torch.where((lengths > 0)[:, None], picked, start)


# %% last_states numpy
# hint: numpy knows no gradients; pick with torch
def last_states(states, lengths, start):
    array = states.numpy()
    result = start.numpy().copy()
    for b, n in enumerate(lengths.tolist()):
        if n > 0:
            result[b] = array[b, n - 1]
    return torch.from_numpy(result)


# %% last_states list_returned
# hint: this is a list of B tensors; stack it to one tensor (B, H)
def last_states(states, lengths, start):
    return [states[b, n - 1] if n > 0 else start[b] for b, n in enumerate(lengths.tolist())]


# %% last_states side_by_side_instead_of_stacked
# hint: the states stand one behind the other in a single row; stack them, so that each text has a row of its own
def last_states(states, lengths, start):
    return torch.cat([states[b, n - 1] if n > 0 else start[b] for b, n in enumerate(lengths.tolist())])


# %% last_states empty_texts_left_out
# hint: texts without a word are left out, so the rows no longer fit the labels; give them their row of start
def last_states(states, lengths, start):
    return torch.stack([states[b, n - 1] for b, n in enumerate(lengths.tolist()) if n > 0])


# %% last_states lengths_changed_in_place
# hint: -= changes the lengths of the caller, who needs them again; make a new tensor
def last_states(states, lengths, start):
    lengths -= 1
    rows = torch.arange(len(states))
    picked = states[rows, lengths.clamp(min=0)]
    return torch.where((lengths >= 0)[:, None], picked, start)


# %% last_states start_written_into_the_states
# hint: start is written into the states of the caller; make the choice in a new tensor
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    empty = lengths == 0
    states[empty, -1] = start[empty]
    return states[rows, lengths - 1]


# %% last_states states_written_into_start
# hint: the states are written into start, which belongs to the caller; write into a clone, or choose by torch.where
def last_states(states, lengths, start):
    for b, n in enumerate(lengths.tolist()):
        if n > 0:
            start[b] = states[b, n - 1]
    return start


# %% last_states printed_not_returned
# hint: the function returns None; end it with return
def last_states(states, lengths, start):
    rows = torch.arange(len(states))
    picked = states[rows, (lengths - 1).clamp(min=0)]
    print(torch.where((lengths > 0)[:, None], picked, start))


# %% rnn positive_weights
# hint: these weights are never negative, so all products add up and every state saturates; draw from both sides of 0, between -1/sqrt(H) and 1/sqrt(H)
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.rand(hidden_size))
        self.bias_hh = nn.Parameter(torch.rand(hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn weights_too_large
# hint: the weights reach beyond 1/sqrt(H), so the states saturate; draw them uniformly between -1/sqrt(H) and 1/sqrt(H)
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.randn(hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.randn(hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.randn(hidden_size))
        self.bias_hh = nn.Parameter(torch.randn(hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn weights_too_small
# hint: the weights stay far below 1/sqrt(H), so nearly nothing comes through; draw them uniformly between -1/sqrt(H) and 1/sqrt(H), with H the hidden size
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.randn(hidden_size, embed_size) * 0.01)
        self.weight_hh = nn.Parameter(torch.randn(hidden_size, hidden_size) * 0.01)
        self.bias_ih = nn.Parameter(torch.randn(hidden_size) * 0.01)
        self.bias_hh = nn.Parameter(torch.randn(hidden_size) * 0.01)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn weights_of_zero
# hint: all weights are 0, so all numbers of the state stay alike; draw them uniformly between -1/sqrt(H) and 1/sqrt(H)
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.zeros(hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn positive_biases
# hint: the biases are never negative; draw them like the weights, between -1/sqrt(H) and 1/sqrt(H)
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.empty(hidden_size, embed_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.weight_hh = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.bias_ih = nn.Parameter(torch.rand(hidden_size))
        self.bias_hh = nn.Parameter(torch.rand(hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn weights_in_linear_layers
# hint: two nn.Linear hold the weights, under other names; make four nn.Parameter with the names and shapes of the text
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.ih = nn.Linear(embed_size, hidden_size)
        self.hh = nn.Linear(hidden_size, hidden_size)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = self.ih(x)
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + self.hh(h))
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn transposed_shapes
# hint: the weights have the shape (inputs, rows); the formula multiplies from the left, so that they are (rows, inputs)
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(embed_size, hidden_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn one_bias
# hint: there is one bias only; the formula has two, bias_ih and bias_hh
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn weights_are_no_parameters
# hint: plain tensors are not found by the optimizer; wrap each of the four in nn.Parameter
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = torch.rand(hidden_size, embed_size) * 2 * k - k
        self.weight_hh = torch.rand(hidden_size, hidden_size) * 2 * k - k
        self.bias_ih = torch.rand(hidden_size) * 2 * k - k
        self.bias_hh = torch.rand(hidden_size) * 2 * k - k

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn last_column_read
# hint: last is the state in the last column, behind the padding; read each text after its own last word, as last_states does
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, states[:, -1]


# %% rnn one_state_too_late
# hint: indices count from 0, so the state after n words has the index n - 1
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, states[torch.arange(len(x)), lengths.clamp(max=x.shape[1] - 1)]


# %% rnn empty_text_reads_padding
# hint: for a text without a word the index is -1, the last padding; its last state is the initial one
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, states[torch.arange(len(x)), lengths - 1]


# %% rnn empty_text_forgets_its_start
# hint: a text without a word is given zeros though an initial state was passed; it stays where it started
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, torch.zeros_like(hidden))


# %% rnn state_set_to_zero_in_padding
# hint: the state is set to 0 over padding and then read there; keep the old state where there is no word, or read it after the last word
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            h = h * (t < lengths)[:, None]
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, h


# %% rnn state_frozen_one_word_early
# hint: the state stops one word before the end; with steps counted from 0, step t belongs to a text while t < lengths[b]
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            new = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            h = torch.where((t < lengths - 1)[:, None], new, h)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, h


# %% rnn state_not_carried
# hint: every step starts from the initial state, so only the last word is remembered; the new state of a step goes into the next one
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
            h = hidden
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn hidden_ignored
# hint: the initial state that is passed has no effect; start from hidden where it is given, from zeros where it is None
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn hidden_ignored_in_the_loop
# hint: the loop starts from zeros even where an initial state is passed; start from hidden
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = torch.zeros_like(hidden)
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn one_initial_state_for_all
# hint: all texts start from the initial state of the first one; each has its own row of hidden
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden[:1]
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn start_of_ones
# hint: without an initial state the texts start from ones; start from zeros
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.ones(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn zeros_in_float32
# hint: torch.zeros makes float32 on the CPU, whatever x is; give it the dtype and the device of x
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn float32_at_the_end
# hint: the result is turned into float32, whatever came in; keep the type of x
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        states = states.float()
        return states, last_states(states, lengths, hidden.float())


# %% rnn states_in_float32
# hint: the states are put into a tensor of float32; make it with the dtype and the device of x
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = torch.zeros(x.shape[0], x.shape[1], self.hidden_size)
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states[:, t] = h
        return states, last_states(states, lengths, hidden)


# %% rnn product_of_the_input_in_each_step
# hint: each step multiplies its own word by weight_ih; this needs no state, so do it for all words in one product before the loop
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh((x[:, t] @ self.weight_ih.T + self.bias_ih) + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn text_by_text
# hint: the loop walks through each text by itself, which takes B times as many products; step through time for all texts at once
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        rows = []
        for b in range(x.shape[0]):
            h = hidden[b : b + 1]
            states = []
            for t in range(x.shape[1]):
                h = torch.tanh(inputs[b : b + 1, t] + h @ self.weight_hh.T + self.bias_hh)
                states.append(h)
            rows.append(torch.cat(states))
        states = torch.stack(rows)
        return states, last_states(states, lengths, hidden)


# %% rnn gradient_cut_between_steps
# hint: the state is detached after each step, so no gradient goes back through time; carry it on as it is
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
            h = h.detach()
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn states_detached
# hint: the states are cut off from the weights, so that nothing is learned; collect them without detach, .data and torch.tensor
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h.detach())
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn hidden_detached
# hint: the initial state is cut off, so that what made it gets no gradient; take it as it is
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden.detach()
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn only_the_last_state_is_attached
# hint: last can be trained, the other states are detached; collect them as they are
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        last = hidden
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            last = torch.where((lengths == t + 1)[:, None], h, last)
            states.append(h.detach())
        states = torch.stack(states, dim=1)
        return states, last


# %% rnn time_first
# hint: the states are stacked with time first, (T, B, H); time is the second dimension
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=0)
        return states, last_states(states.transpose(0, 1), lengths, hidden)


# %% rnn batch_taken_for_time
# hint: the loop walks along the first dimension of x, which is the batch; time is the second
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[0]):
            h = torch.tanh(inputs[t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn states_side_by_side
# hint: torch.cat puts the states side by side, (B, T * H); stack them along a new dimension for time
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.cat(states, dim=1)
        return states, h


# %% rnn only_the_states
# hint: only the states are returned; return the pair of all states and of the last ones
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states


# %% rnn only_the_last_states
# hint: only the last states are returned; return the pair of all states and of the last ones
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return last_states(states, lengths, hidden)


# %% rnn pair_the_wrong_way_round
# hint: the pair is there the wrong way round: first all states, then the last ones
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return last_states(states, lengths, hidden), states


# %% rnn last_with_a_dimension_of_layers
# hint: last has a first dimension of 1, as torch returns it for one layer; it should be (B, H)
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden).unsqueeze(0)


# %% rnn states_in_a_list
# hint: the states are a list of T tensors; stack them to one of (B, T, H)
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        return states, last_states(torch.stack(states, dim=1), lengths, hidden)


# %% rnn read_from_the_end
# hint: the texts are read from the last word to the first; step through time forwards
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in reversed(range(x.shape[1])):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn read_from_the_end_and_turned_back
# hint: the texts are read from the last word to the first, though the states are in order; step through time forwards
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in reversed(range(x.shape[1])):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states[::-1], dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn initial_state_among_the_states
# hint: the states begin with the initial one, so there are T + 1; begin with the state after the first word
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = [h]
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn state_before_the_word
# hint: each state is collected before its word is read; collect it after the step
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            states.append(h)
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn state_kept_between_calls
# hint: the state of the last call is kept in an attribute and the next batch starts from it; without hidden every call starts from zeros
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.h = None
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None and self.h is not None:
            hidden = self.h
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        self.h = h.detach()
        return states, last_states(states, lengths, hidden)


# %% rnn hidden_changed_in_place
# hint: the initial state of the caller is overwritten by an operation in place; make a new tensor in each step
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        last = last_states(states, lengths, hidden)
        hidden.data.copy_(h.data)
        return states, last


# %% rnn padding_zeroed_in_place
# hint: x is changed in place, and it belongs to the caller; make a new tensor, or leave the padding as it is
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        x.data[torch.arange(x.shape[1]) >= lengths[:, None]] = 0
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn bias_hh_forgotten
# hint: bias_hh is made but not used; it is added to the product with weight_hh
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn bias_ih_forgotten
# hint: bias_ih is made but not used; it is added to the product with weight_ih
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn word_ignored
# hint: the words do not enter the state; add their product with weight_ih
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = 0 * x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn layer_of_torch_wrapped
# hint: an nn.RNN does the work inside and only its weights are shown; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.inner = nn.RNN(embed_size, hidden_size, batch_first=True)
        self.weight_ih = self.inner.weight_ih_l0
        self.weight_hh = self.inner.weight_hh_l0
        self.bias_ih = self.inner.bias_ih_l0
        self.bias_hh = self.inner.bias_hh_l0

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.weight_hh.shape[1])
        states, _ = self.inner(x, hidden.unsqueeze(0))
        return states, last_states(states, lengths, hidden)


# %% rnn layer_of_torch_as_it_is
# hint: this is nn.RNN itself, whose weights have other names; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.inner = nn.RNN(embed_size, hidden_size, batch_first=True)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.inner.hidden_size)
        states, _ = self.inner(x, hidden.unsqueeze(0))
        return states, last_states(states, lengths, hidden)


# %% rnn layer_of_torch_in_forward
# hint: an nn.RNN is made in forward, or a function of torch called that is the whole layer; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.hidden_size)
        layer = nn.RNN(x.shape[2], self.hidden_size, batch_first=True)
        weights = {f"{name}_l0": weight for name, weight in self.named_parameters()}
        states, _ = torch.func.functional_call(layer, weights, (x, hidden[None]))
        return states, last_states(states, lengths, hidden)


# %% rnn cell_of_torch_wrapped
# hint: an nn.RNNCell makes the step; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.inner = nn.RNNCell(embed_size, hidden_size)
        self.weight_ih = self.inner.weight_ih
        self.weight_hh = self.inner.weight_hh
        self.bias_ih = self.inner.bias_ih
        self.bias_hh = self.inner.bias_hh

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.weight_hh.shape[1])
        h, states = hidden, []
        for step in x.unbind(1):
            h = self.inner(step, h)
            states.append(h)
        states = torch.stack(states, 1)
        return states, last_states(states, lengths, hidden)


# %% rnn cell_of_torch_called
# hint: torch.rnn_tanh_cell makes the step; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.hidden_size)
        h, states = hidden, []
        for step in x.unbind(1):
            h = torch.rnn_tanh_cell(step, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
            states.append(h)
        states = torch.stack(states, 1)
        return states, last_states(states, lengths, hidden)


# %% rnn weight_hh_not_transposed
# hint: the state is multiplied by weight_hh from the wrong side; h is a row here, so it takes the transposed matrix
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn tanh_forgotten
# hint: there is no tanh, so the state can grow without bound
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = inputs[:, t] + h @ self.weight_hh.T + self.bias_hh
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn sigmoid_instead_of_tanh
# hint: a sigmoid makes states between 0 and 1; the formula has tanh
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.sigmoid(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn relu_instead_of_tanh
# hint: a ReLU makes states that are never negative and can grow; the formula has tanh
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.relu(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn tanh_of_the_word_too
# hint: tanh acts on the product of the word before the state is added; it acts once, on the sum
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = torch.tanh(x @ self.weight_ih.T + self.bias_ih)
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn old_state_added
# hint: the old state is added to the new one, as in a residual network; the formula replaces it
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = h + torch.tanh(inputs[:, t] + h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn tanh_of_the_parts
# hint: tanh acts on word and state separately; it acts once, on the sum
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t]) + torch.tanh(h @ self.weight_hh.T + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn state_without_weights
# hint: the old state is added as it is; multiply it by weight_hh
class RNN(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            h = torch.tanh(inputs[:, t] + h + self.bias_hh)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% rnn packed_only_if_sorted
# hint: pack_padded_sequence wants the longest text first, and the batch is not sorted; say enforce_sorted=False and turn the order back
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
            x, lengths.clamp(min=1).cpu(), batch_first=True
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


# %% rnn packed_without_empty_texts
# hint: pack_padded_sequence refuses a text without a word; pack it as one of length 1 and give it its initial state afterwards
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
            x, lengths.cpu(), batch_first=True, enforce_sorted=False
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


# %% rnn packed_and_order_not_turned_back
# hint: the last states are in the order of length that packing made; put them back into the order of the batch
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
        last = state
        return states, torch.where(lengths.unsqueeze(1) == 0, hidden, last)


# %% rnn_model last_column_read
# hint: the classifier reads the last column of the states, which is padding for most texts; take the second part of what the layer returns
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(states[:, -1])
        return self.classifier(last)


# %% rnn_model all_lengths_are_t
# hint: every text is given the length of the longest, so it is read to the end of its padding; count the indices that are not PAD
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = torch.full((features.shape[0],), features.shape[1])
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model lengths_of_the_columns
# hint: this counts along the batch, one number for each column; count along time, dim=1
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(0)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model one_length_for_the_batch
# hint: this is the number of all words of the batch; count for each text, dim=1
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum()
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model padding_counted
# hint: this counts the padding; count what is not PAD
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features == PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model unknown_words_not_counted
# hint: unknown words are not counted; UNK is a word, only PAD is none
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features > UNK).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model first_padding_of_a_full_text
# hint: where a text has no padding, argmax finds none and says 0; count the indices that are not PAD
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features == PAD).int().argmax(dim=1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model length_less_one
# hint: the lengths are one too small: the layer wants numbers of words, not the index of the last one
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1) - 1
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model length_at_least_one
# hint: a text without a word is given the length 1, so it reads padding; its length is 0
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1).clamp(min=1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model lengths_as_floats
# hint: the lengths are floats, with which nothing can be indexed; count integers
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).float().sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model lengths_in_a_list
# hint: the lengths are a Python list; the layer wants a tensor (B,)
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = [int((text != PAD).sum()) for text in features]
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model lengths_with_a_second_dimension
# hint: the lengths have the shape (B, 1); the layer wants (B,)
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1, keepdim=True)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model mask_instead_of_lengths
# hint: the layer is given a mask (B, T); it wants the number of words of each text
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = features != PAD
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model lengths_forgotten
# hint: the layer is called without the lengths, so it cannot know where a text ends
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model indices_into_the_layer
# hint: the layer is given indices; embed them first
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = features
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model average_of_the_states
# hint: the classifier reads the average of all states; take the last state
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(states.mean(1))
        return self.classifier(last)


# %% rnn_model maximum_of_the_states
# hint: the classifier reads the maximum over time, as in the CNN; take the last state
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(states.max(1).values)
        return self.classifier(last)


# %% rnn_model average_of_the_words
# hint: the classifier reads the average of the states of the words; take the last state
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        mask = (features != PAD).unsqueeze(2)
        last = self.drop((states * mask).sum(1) / mask.sum(1).clamp(min=1))
        return self.classifier(last)


# %% rnn_model logits_of_every_state
# hint: the classifier reads all the states, so there are logits for each word; take the second part of what the layer returns
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        last, _ = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model one_state_too_late
# hint: indices count from 0, and the layer has picked the right state already: take the second part of what it returns
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(states[torch.arange(len(x)), lengths.clamp(max=x.shape[1] - 1)])
        return self.classifier(last)


# %% rnn_model empty_text_reads_padding
# hint: for a text without a word the index is -1, the last padding; the layer has treated this already, take the second part of what it returns
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(states[torch.arange(len(x)), lengths - 1])
        return self.classifier(last)


# %% rnn_model time_first
# hint: the word vectors are given to the layer with time first; it wants the batch first, (B, T, D)
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features).transpose(0, 1)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model dimensions_of_the_words_second
# hint: the word vectors are turned to (B, D, T), as a convolution wants them; a recurrent layer wants (B, T, D)
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features).transpose(1, 2)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model start_of_ones
# hint: the texts start from ones; without a reason for another start pass no initial state at all
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths, torch.ones(len(x), self.classifier.in_features))
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model layer_class_ignored
# hint: the layer is always an RNN, so GRUModel would have one too; make what layer_class says
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = RNN(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model layer_of_torch_by_default
# hint: the default is the layer of torch, which takes no lengths; it should be your own RNN
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=nn.RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model gru_of_torch_inside
# hint: nn.GRU is the layer here, whatever layer_class says; make what layer_class says
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = nn.GRU(embed_size, hidden_size, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x)
        last = self.drop(last[0])
        return self.classifier(last)


# %% rnn_model layer_made_in_forward
# hint: the model has no layer that keeps its weights: one that is made in forward is new in each call; make it once, in __init__
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.make_layer = lambda: layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.make_layer()(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model sizes_of_the_layer_exchanged
# hint: the sizes are exchanged: the layer takes first the size of its inputs, then that of its state
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(hidden_size, embed_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model other_attribute_names
# hint: the weights stand under other names; call the attributes embeddings, layer and classifier
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embedding = small_embeddings(num_words, embed_size)
        self.rnn = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embedding(features)
        states, last = self.rnn(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model word_vectors_start_at_one
# hint: the word vectors start with a standard deviation of 1, as torch draws them, and rare words keep that noise; make it 0.1
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model word_vectors_start_too_small
# hint: the word vectors start far too small; their standard deviation should be 0.1
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        with torch.no_grad():
            self.embeddings.weight.mul_(0.01)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model word_vectors_start_positive
# hint: the word vectors start with positive numbers only; draw them from a normal distribution around 0
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        nn.init.uniform_(self.embeddings.weight, 0, 0.3)
        with torch.no_grad():
            self.embeddings.weight[PAD] = 0
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model normal_over_the_row_of_padding
# hint: the start by hand overwrites the row of PAD, which padding_idx had set to 0; set it to 0 again, or scale the table instead
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=PAD)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model padding_idx_forgotten
# hint: the row of PAD has a random vector that is trained; tell nn.Embedding its padding_idx
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model row_of_padding_can_be_trained
# hint: the row of PAD starts at 0 and is trained away from it; padding_idx keeps its gradient at 0
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        with torch.no_grad():
            self.embeddings.weight[PAD] = 0
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model unknown_words_as_padding_idx
# hint: padding_idx is the index of UNK here, so the vector of unknown words is never trained; it should be PAD
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = nn.Embedding(num_words, embed_size, padding_idx=UNK)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model classes_hard_coded
# hint: the classifier has always four classes; use the argument num_classes
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, 4)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model another_default_of_classes
# hint: without an argument there should be four classes
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=2, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model classifier_of_the_words
# hint: the classifier reads D numbers; the last state has H
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(embed_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model classifier_without_bias
# hint: the classifier has no bias, the formula has one for each class
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes, bias=False)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model two_layers_in_the_classifier
# hint: the classifier has two layers; the formula has one linear map, so it is a single nn.Linear
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Sequential(nn.Linear(hidden_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, num_classes))

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model dropout_built_in_forward
# hint: a dropout that is made in forward, or called without training=, is always in training mode; make the module once, in __init__, so that model.eval() switches it off
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.p = dropout
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = nn.Dropout(self.p)(last)
        return self.classifier(last)


# %% rnn_model half_is_dropped_by_default
# hint: something is dropped though nobody asked for it; the signature says dropout=0.0
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.5, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.p = dropout
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = F.dropout(last, self.p, self.training)
        return self.classifier(last)


# %% rnn_model dropout_without_its_rate
# hint: here 0.5 is dropped always, whatever the argument `dropout` says; hand the rate on
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.p = dropout
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = F.dropout(last, training=self.training)
        return self.classifier(last)


# %% rnn_model dropout_is_the_share_that_stays
# hint: `dropout` is the share that is dropped, not the share that stays; hand it on as it is
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(1 - dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model dropout_on_the_word_vectors
# hint: dropout acts on the word vectors; it belongs on the last state, before the classifier
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.drop(self.embeddings(features))
        states, last = self.layer(x, lengths)
        return self.classifier(last)


# %% rnn_model dropout_on_the_logits
# hint: dropout acts on the logits; it belongs on the last state, before the classifier
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        return self.drop(self.classifier(last))


# %% rnn_model dropout_forgotten
# hint: the argument `dropout` has no effect; use it on the last state, before the classifier
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        return self.classifier(last)


# %% rnn_model softmax_at_the_end
# hint: the model returns probabilities; it should return logits, nn.CrossEntropyLoss makes the softmax itself
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return F.softmax(self.classifier(last), dim=-1)


# %% rnn_model log_softmax_at_the_end
# hint: the model returns log-probabilities; return what the classifier gives, nn.CrossEntropyLoss does the rest
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return F.log_softmax(self.classifier(last), dim=-1)


# %% rnn_model topics_instead_of_logits
# hint: the model returns the best topic; return the logits (B, C)
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last).argmax(1)


# %% rnn_model pair_returned
# hint: the model returns logits and states; return the logits alone
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last), states


# %% rnn_model tanh_of_the_last_state
# hint: another tanh acts on the last state; the classifier reads it as it is
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(torch.tanh(last))
        return self.classifier(last)


# %% rnn_model relu_of_the_last_state
# hint: a ReLU cuts off half of the last state; the classifier reads it as it is
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(torch.relu(last))
        return self.classifier(last)


# %% rnn_model embeddings_detached
# hint: no gradient reaches the word vectors, so they are never trained; embed without detach, .data and no_grad, and leave requires_grad True
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features).detach()
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_model squeezed_batch_of_one
# hint: squeeze() also removes the dimension of a batch of one; leave it out
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        super().__init__()
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last).squeeze()


# %% rnn_model super_init_forgotten
# hint: nn.Module is not set up; call super().__init__() before the first attribute
class RNNModel(nn.Module):
    def __init__(self, num_words, embed_size, hidden_size, num_classes=4, dropout=0.0, layer_class=RNN):
        self.embeddings = small_embeddings(num_words, embed_size)
        self.layer = layer_class(embed_size, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(hidden_size, num_classes)

    def forward(self, features):
        lengths = (features != PAD).sum(1)
        x = self.embeddings(features)
        states, last = self.layer(x, lengths)
        last = self.drop(last)
        return self.classifier(last)


# %% rnn_accuracy optimizer_of_another_model
# hint: the optimizer was given the parameters of another model, so this one never learned anything
def train_rnn():
    torch.manual_seed(6)
    model = RNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(RNNModel(len(word2idx), 50, 64).parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


rnn, rnn_history = timed("RNN", train_rnn)


# %% rnn_accuracy learning_rate_far_too_large
# hint: steps of a learning rate of 1 jump over every valley; the loss stays above ln 4: divide the rate by some hundreds
def train_rnn():
    torch.manual_seed(7)
    model = RNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=1.0)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


rnn, rnn_history = timed("RNN", train_rnn)


# %% rnn_accuracy learning_rate_far_too_small
# hint: with a learning rate of a millionth the loss hardly moves from ln 4: multiply the rate by a thousand or more
def train_rnn():
    torch.manual_seed(8)
    model = RNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-6)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


rnn, rnn_history = timed("RNN", train_rnn)


# %% rnn_accuracy fresh_model_returned
# hint: what is returned is a fresh model that was never trained; return the one that training worked on
def train_rnn():
    torch.manual_seed(9)
    model = RNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    history = training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)
    return RNNModel(len(word2idx), 50, 64), history


rnn, rnn_history = timed("RNN", train_rnn)


# %% rnn_accuracy last_column_read
# hint: the model reads the last column of the batch, which is padding for most texts, so the topic of a text depends on its neighbours
class LastColumn(RNNModel):
    def forward(self, features):
        _, last = self.layer(self.embeddings(features), torch.full((len(features),), features.shape[1]))
        return self.classifier(last)


def train_rnn():
    torch.manual_seed(10)
    model = LastColumn(len(word2idx), 50, 64, layer_class=RNN)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


rnn, rnn_history = timed("RNN", train_rnn)


# %% rnn_accuracy only_positive_weights
# hint: all weights of the layer start between 0 and 1, so the state is at its limit after one word; start them on both sides of 0
def train_rnn():
    torch.manual_seed(11)
    model = RNNModel(len(word2idx), 50, 64)
    for weight in model.layer.parameters():
        nn.init.uniform_(weight)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


rnn, rnn_history = timed("RNN", train_rnn)


# %% rnn_accuracy only_the_classifier_trained
# hint: the optimizer has the parameters of the classifier only; word vectors and layer stay random
def train_rnn():
    torch.manual_seed(12)
    model = RNNModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.classifier.parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


rnn, rnn_history = timed("RNN", train_rnn)


# %% gru positive_weights
# hint: these weights are never negative, so all products add up and every state saturates; draw from both sides of 0, between -1/sqrt(H) and 1/sqrt(H)
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size))
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru weights_too_large
# hint: the weights reach beyond 1/sqrt(H), so the states saturate; draw them uniformly between -1/sqrt(H) and 1/sqrt(H)
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.randn(3 * hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.randn(3 * hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.randn(3 * hidden_size))
        self.bias_hh = nn.Parameter(torch.randn(3 * hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru weights_too_small
# hint: the weights stay far below 1/sqrt(H), so nearly nothing comes through; draw them uniformly between -1/sqrt(H) and 1/sqrt(H), with H the hidden size
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.randn(3 * hidden_size, embed_size) * 0.01)
        self.weight_hh = nn.Parameter(torch.randn(3 * hidden_size, hidden_size) * 0.01)
        self.bias_ih = nn.Parameter(torch.randn(3 * hidden_size) * 0.01)
        self.bias_hh = nn.Parameter(torch.randn(3 * hidden_size) * 0.01)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru weights_of_zero
# hint: all weights are 0, so all numbers of the state stay alike; draw them uniformly between -1/sqrt(H) and 1/sqrt(H)
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(3 * hidden_size, embed_size))
        self.weight_hh = nn.Parameter(torch.zeros(3 * hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(3 * hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(3 * hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru positive_biases
# hint: the biases are never negative; draw them like the weights, between -1/sqrt(H) and 1/sqrt(H)
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.empty(3 * hidden_size, embed_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.weight_hh = nn.Parameter(torch.empty(3 * hidden_size, hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size))
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru weights_in_linear_layers
# hint: two nn.Linear hold the weights, under other names; make four nn.Parameter with the names and shapes of the text
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.ih = nn.Linear(embed_size, 3 * hidden_size)
        self.hh = nn.Linear(hidden_size, 3 * hidden_size)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = self.ih(x)
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (self.hh(h)).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru transposed_shapes
# hint: the weights have the shape (inputs, rows); the formula multiplies from the left, so that they are (rows, inputs)
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(embed_size, 3 * hidden_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, 3 * hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru one_bias
# hint: there is one bias only; the formula has two, bias_ih and bias_hh
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru weights_are_no_parameters
# hint: plain tensors are not found by the optimizer; wrap each of the four in nn.Parameter
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = torch.rand(3 * hidden_size, embed_size) * 2 * k - k
        self.weight_hh = torch.rand(3 * hidden_size, hidden_size) * 2 * k - k
        self.bias_ih = torch.rand(3 * hidden_size) * 2 * k - k
        self.bias_hh = torch.rand(3 * hidden_size) * 2 * k - k

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru last_column_read
# hint: last is the state in the last column, behind the padding; read each text after its own last word, as last_states does
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, states[:, -1]


# %% gru one_state_too_late
# hint: indices count from 0, so the state after n words has the index n - 1
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, states[torch.arange(len(x)), lengths.clamp(max=x.shape[1] - 1)]


# %% gru empty_text_reads_padding
# hint: for a text without a word the index is -1, the last padding; its last state is the initial one
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, states[torch.arange(len(x)), lengths - 1]


# %% gru empty_text_forgets_its_start
# hint: a text without a word is given zeros though an initial state was passed; it stays where it started
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, torch.zeros_like(hidden))


# %% gru state_set_to_zero_in_padding
# hint: the state is set to 0 over padding and then read there; keep the old state where there is no word, or read it after the last word
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            h = h * (t < lengths)[:, None]
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, h


# %% gru state_frozen_one_word_early
# hint: the state stops one word before the end; with steps counted from 0, step t belongs to a text while t < lengths[b]
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            new = (1 - z) * n + z * h
            h = torch.where((t < lengths - 1)[:, None], new, h)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, h


# %% gru state_not_carried
# hint: every step starts from the initial state, so only the last word is remembered; the new state of a step goes into the next one
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
            h = hidden
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru hidden_ignored
# hint: the initial state that is passed has no effect; start from hidden where it is given, from zeros where it is None
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru hidden_ignored_in_the_loop
# hint: the loop starts from zeros even where an initial state is passed; start from hidden
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = torch.zeros_like(hidden)
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru one_initial_state_for_all
# hint: all texts start from the initial state of the first one; each has its own row of hidden
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden[:1]
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru start_of_ones
# hint: without an initial state the texts start from ones; start from zeros
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.ones(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru zeros_in_float32
# hint: torch.zeros makes float32 on the CPU, whatever x is; give it the dtype and the device of x
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru float32_at_the_end
# hint: the result is turned into float32, whatever came in; keep the type of x
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        states = states.float()
        return states, last_states(states, lengths, hidden.float())


# %% gru states_in_float32
# hint: the states are put into a tensor of float32; make it with the dtype and the device of x
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = torch.zeros(x.shape[0], x.shape[1], self.hidden_size)
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states[:, t] = h
        return states, last_states(states, lengths, hidden)


# %% gru product_of_the_input_in_each_step
# hint: each step multiplies its own word by weight_ih; this needs no state, so do it for all words in one product before the loop
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = (x[:, t] @ self.weight_ih.T + self.bias_ih).chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru text_by_text
# hint: the loop walks through each text by itself, which takes B times as many products; step through time for all texts at once
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        rows = []
        for b in range(x.shape[0]):
            h = hidden[b : b + 1]
            states = []
            for t in range(x.shape[1]):
                i_r, i_z, i_n = inputs[b : b + 1, t].chunk(3, dim=1)
                h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
                r = torch.sigmoid(i_r + h_r)
                z = torch.sigmoid(i_z + h_z)
                n = torch.tanh(i_n + r * h_n)
                h = (1 - z) * n + z * h
                states.append(h)
            rows.append(torch.cat(states))
        states = torch.stack(rows)
        return states, last_states(states, lengths, hidden)


# %% gru gradient_cut_between_steps
# hint: the state is detached after each step, so no gradient goes back through time; carry it on as it is
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
            h = h.detach()
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru states_detached
# hint: the states are cut off from the weights, so that nothing is learned; collect them without detach, .data and torch.tensor
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h.detach())
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru hidden_detached
# hint: the initial state is cut off, so that what made it gets no gradient; take it as it is
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden.detach()
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru only_the_last_state_is_attached
# hint: last can be trained, the other states are detached; collect them as they are
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        last = hidden
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            last = torch.where((lengths == t + 1)[:, None], h, last)
            states.append(h.detach())
        states = torch.stack(states, dim=1)
        return states, last


# %% gru time_first
# hint: the states are stacked with time first, (T, B, H); time is the second dimension
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=0)
        return states, last_states(states.transpose(0, 1), lengths, hidden)


# %% gru batch_taken_for_time
# hint: the loop walks along the first dimension of x, which is the batch; time is the second
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[0]):
            i_r, i_z, i_n = inputs[t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru states_side_by_side
# hint: torch.cat puts the states side by side, (B, T * H); stack them along a new dimension for time
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.cat(states, dim=1)
        return states, h


# %% gru only_the_states
# hint: only the states are returned; return the pair of all states and of the last ones
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states


# %% gru only_the_last_states
# hint: only the last states are returned; return the pair of all states and of the last ones
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return last_states(states, lengths, hidden)


# %% gru pair_the_wrong_way_round
# hint: the pair is there the wrong way round: first all states, then the last ones
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return last_states(states, lengths, hidden), states


# %% gru last_with_a_dimension_of_layers
# hint: last has a first dimension of 1, as torch returns it for one layer; it should be (B, H)
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden).unsqueeze(0)


# %% gru states_in_a_list
# hint: the states are a list of T tensors; stack them to one of (B, T, H)
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        return states, last_states(torch.stack(states, dim=1), lengths, hidden)


# %% gru read_from_the_end
# hint: the texts are read from the last word to the first; step through time forwards
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in reversed(range(x.shape[1])):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru read_from_the_end_and_turned_back
# hint: the texts are read from the last word to the first, though the states are in order; step through time forwards
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in reversed(range(x.shape[1])):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states[::-1], dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru initial_state_among_the_states
# hint: the states begin with the initial one, so there are T + 1; begin with the state after the first word
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = [h]
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru state_before_the_word
# hint: each state is collected before its word is read; collect it after the step
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            states.append(h)
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru state_kept_between_calls
# hint: the state of the last call is kept in an attribute and the next batch starts from it; without hidden every call starts from zeros
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.h = None
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None and self.h is not None:
            hidden = self.h
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        self.h = h.detach()
        return states, last_states(states, lengths, hidden)


# %% gru hidden_changed_in_place
# hint: the initial state of the caller is overwritten by an operation in place; make a new tensor in each step
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        last = last_states(states, lengths, hidden)
        hidden.data.copy_(h.data)
        return states, last


# %% gru padding_zeroed_in_place
# hint: x is changed in place, and it belongs to the caller; make a new tensor, or leave the padding as it is
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        x.data[torch.arange(x.shape[1]) >= lengths[:, None]] = 0
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru bias_hh_forgotten
# hint: bias_hh is made but not used; it is added to the product with weight_hh
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru bias_ih_forgotten
# hint: bias_ih is made but not used; it is added to the product with weight_ih
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru word_ignored
# hint: the words do not enter the state; add their product with weight_ih
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = 0 * x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru layer_of_torch_wrapped
# hint: an nn.GRU does the work inside and only its weights are shown; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.inner = nn.GRU(embed_size, hidden_size, batch_first=True)
        self.weight_ih = self.inner.weight_ih_l0
        self.weight_hh = self.inner.weight_hh_l0
        self.bias_ih = self.inner.bias_ih_l0
        self.bias_hh = self.inner.bias_hh_l0

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.weight_hh.shape[1])
        states, _ = self.inner(x, hidden.unsqueeze(0))
        return states, last_states(states, lengths, hidden)


# %% gru layer_of_torch_as_it_is
# hint: this is nn.GRU itself, whose weights have other names; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.inner = nn.GRU(embed_size, hidden_size, batch_first=True)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.inner.hidden_size)
        states, _ = self.inner(x, hidden.unsqueeze(0))
        return states, last_states(states, lengths, hidden)


# %% gru layer_of_torch_in_forward
# hint: an nn.GRU is made in forward, or a function of torch called that is the whole layer; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.hidden_size)
        layer = nn.GRU(x.shape[2], self.hidden_size, batch_first=True)
        weights = {f"{name}_l0": weight for name, weight in self.named_parameters()}
        states, _ = torch.func.functional_call(layer, weights, (x, hidden[None]))
        return states, last_states(states, lengths, hidden)


# %% gru cell_of_torch_wrapped
# hint: an nn.GRUCell makes the step; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.inner = nn.GRUCell(embed_size, hidden_size)
        self.weight_ih = self.inner.weight_ih
        self.weight_hh = self.inner.weight_hh
        self.bias_ih = self.inner.bias_ih
        self.bias_hh = self.inner.bias_hh

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.weight_hh.shape[1])
        h, states = hidden, []
        for step in x.unbind(1):
            h = self.inner(step, h)
            states.append(h)
        states = torch.stack(states, 1)
        return states, last_states(states, lengths, hidden)


# %% gru cell_of_torch_called
# hint: torch.gru_cell makes the step; write the step yourself: a loop over time with the formula, without a layer, cell or function of torch
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = x.new_zeros(len(x), self.hidden_size)
        h, states = hidden, []
        for step in x.unbind(1):
            h = torch.gru_cell(step, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
            states.append(h)
        states = torch.stack(states, 1)
        return states, last_states(states, lengths, hidden)


# %% gru update_gate_swapped
# hint: 1 - z and z are exchanged: here z keeps the old state, so z goes with h and 1 - z with n
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * h + z * n
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru reset_before_the_product
# hint: r acts on h before the product with W_hn, which is the GRU of the paper; ours multiplies the finished W_hn h + b_hn by r
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            w_n = self.weight_hh[2 * self.hidden_size :]
            n = torch.tanh(i_n + (r * h) @ w_n.T + self.bias_hh[2 * self.hidden_size :])
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru bias_outside_the_reset
# hint: b_hn stands outside of r * (...); the bias is inside the bracket, so r acts on it too
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            b_n = self.bias_hh[2 * self.hidden_size :]
            n = torch.tanh(i_n + r * (h_n - b_n) + b_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru order_z_r_n
# hint: the rows are taken as z, r, n; the order is r above z above n
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_z, i_r, i_n = inputs[:, t].chunk(3, dim=1)
            h_z, h_r, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru order_r_n_z
# hint: the rows are taken as r, n, z; the order is r above z above n
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_n, i_z = inputs[:, t].chunk(3, dim=1)
            h_r, h_n, h_z = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru order_n_r_z
# hint: the rows are taken as n, r, z; the order is r above z above n
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_n, i_r, i_z = inputs[:, t].chunk(3, dim=1)
            h_n, h_r, h_z = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru order_n_z_r
# hint: the rows are taken as n, z, r; the order is r above z above n
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_n, i_z, i_r = inputs[:, t].chunk(3, dim=1)
            h_n, h_z, h_r = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru order_differs_for_word_and_state
# hint: the parts of the word are taken in another order than those of the state; both are r, z, n
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_z, h_r, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru gates_interleaved
# hint: the rows are dealt out in turn, r z n r z n; they are in three blocks, all of r first
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].reshape(len(x), -1, 3).unbind(2)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).reshape(len(x), -1, 3).unbind(2)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru reset_gate_forgotten
# hint: r is computed and never used; it multiplies the part of the old state in n
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru reset_of_the_word_too
# hint: r multiplies the part of the word as well; it acts on the part of the old state only
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(r * (i_n + h_n))
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru reset_gate_swapped
# hint: 1 - r stands where r should be
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + (1 - r) * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru reset_added
# hint: r is added to the part of the old state; it multiplies it
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r + h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru update_gate_forgotten
# hint: n is taken for the new state; it is mixed with the old one by z
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = n
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru old_state_added_in_full
# hint: the old state is added in full; z says how much of it stays
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru new_state_not_weakened
# hint: n is added in full; only the share 1 - z of it is written
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru reset_gate_in_the_mixture
# hint: r mixes the old state and n; that is what z is for
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - r) * n + r * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru sigmoid_in_the_candidate
# hint: n goes through a sigmoid; it is a tanh, gates alone are sigmoids
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.sigmoid(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru tanh_in_the_gates
# hint: the gates go through tanh, which can be negative; they are sigmoids
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.tanh(i_r + h_r)
            z = torch.tanh(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru tanh_in_the_update_gate
# hint: z goes through tanh, which can be negative; gates are sigmoids
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.tanh(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru tanh_of_the_new_state
# hint: another tanh acts on the mixture; the new state is the mixture itself
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = torch.tanh((1 - z) * n + z * h)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru candidate_without_tanh
# hint: n has no tanh, so the state can grow without bound
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = i_n + r * h_n
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru gates_without_the_state
# hint: the gates look at the word only; the old state enters both of them
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r)
            z = torch.sigmoid(i_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru gates_without_the_word
# hint: the gates look at the old state only; the word enters both of them
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(h_r)
            z = torch.sigmoid(h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru candidate_without_the_state
# hint: n looks at the word only; the part of the old state, times r, is added
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru state_reset_for_good
# hint: h itself is multiplied by r and then kept by z; r acts inside n only
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * (r * h)
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru update_gate_after_the_reset
# hint: z is computed from the state after the reset; it sees the old state as it is
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + r * h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru three_products_per_step
# hint: each gate has a product of its own in each step; weight_hh holds all three, so one product gives all of them
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            w_r, w_z, w_n = self.weight_hh.chunk(3)
            b_r, b_z, b_n = self.bias_hh.chunk(3)
            h_r, h_z, h_n = h @ w_r.T + b_r, h @ w_z.T + b_z, h @ w_n.T + b_n
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru six_products_per_step
# hint: word and state are multiplied for each gate in each step; one product of all words before the loop and one of the state in each step are enough
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(3 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(3 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(3 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = [x[:, t] @ w.T + b for w, b in zip(self.weight_ih.chunk(3), self.bias_ih.chunk(3))]
            w_r, w_z, w_n = self.weight_hh.chunk(3)
            b_r, b_z, b_n = self.bias_hh.chunk(3)
            h_r, h_z, h_n = h @ w_r.T + b_r, h @ w_z.T + b_z, h @ w_n.T + b_n
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru nine_parameters
# hint: each gate has weights of its own; stack the three of each kind, r above z above n, to one parameter
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_ir = nn.Parameter(torch.empty(hidden_size, embed_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.W_iz = nn.Parameter(torch.empty(hidden_size, embed_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.W_in = nn.Parameter(torch.empty(hidden_size, embed_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.W_hr = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.W_hz = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.W_hn = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.b_ir = nn.Parameter(torch.empty(hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.b_iz = nn.Parameter(torch.empty(hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.b_in = nn.Parameter(torch.empty(hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.b_hr = nn.Parameter(torch.empty(hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.b_hz = nn.Parameter(torch.empty(hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))
        self.b_hn = nn.Parameter(torch.empty(hidden_size).uniform_(-1, 1) / math.sqrt(hidden_size))

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = torch.cat([x @ self.W_ir.T + self.b_ir, x @ self.W_iz.T + self.b_iz, x @ self.W_in.T + self.b_in], dim=2)
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (torch.cat([h @ self.W_hr.T + self.b_hr, h @ self.W_hz.T + self.b_hz, h @ self.W_hn.T + self.b_hn], dim=1)).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru rows_of_one_gate
# hint: the parameters have H rows; those of r, z and n are stacked, which makes 3H
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(3, dim=1)
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(3, dim=1)
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru four_gates
# hint: the parameters have 4H rows, as in an LSTM; a GRU has three parts, r, z and n
class GRU(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        k = hidden_size ** -0.5
        self.weight_ih = nn.Parameter(torch.rand(4 * hidden_size, embed_size) * 2 * k - k)
        self.weight_hh = nn.Parameter(torch.rand(4 * hidden_size, hidden_size) * 2 * k - k)
        self.bias_ih = nn.Parameter(torch.rand(4 * hidden_size) * 2 * k - k)
        self.bias_hh = nn.Parameter(torch.rand(4 * hidden_size) * 2 * k - k)

    def forward(self, x, lengths, hidden=None):
        if hidden is None:
            hidden = torch.zeros(x.shape[0], self.hidden_size, dtype=x.dtype, device=x.device)
        inputs = x @ self.weight_ih.T + self.bias_ih
        h = hidden
        states = []
        for t in range(x.shape[1]):
            i_r, i_z, i_n = inputs[:, t].chunk(4, dim=1)[:3]
            h_r, h_z, h_n = (h @ self.weight_hh.T + self.bias_hh).chunk(4, dim=1)[:3]
            r = torch.sigmoid(i_r + h_r)
            z = torch.sigmoid(i_z + h_z)
            n = torch.tanh(i_n + r * h_n)
            h = (1 - z) * n + z * h
            states.append(h)
        states = torch.stack(states, dim=1)
        return states, last_states(states, lengths, hidden)


# %% gru packed_only_if_sorted
# hint: pack_padded_sequence wants the longest text first, and the batch is not sorted; say enforce_sorted=False and turn the order back
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
            x, lengths.clamp(min=1).cpu(), batch_first=True
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


# %% gru packed_without_empty_texts
# hint: pack_padded_sequence refuses a text without a word; pack it as one of length 1 and give it its initial state afterwards
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
            x, lengths.cpu(), batch_first=True, enforce_sorted=False
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


# %% gru packed_and_order_not_turned_back
# hint: the last states are in the order of length that packing made; put them back into the order of the batch
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
        last = state
        return states, torch.where(lengths.unsqueeze(1) == 0, hidden, last)


# %% gru_accuracy optimizer_of_another_model
# hint: the optimizer was given the parameters of another model, so this one never learned anything
def train_gru():
    torch.manual_seed(13)
    model = GRUModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(GRUModel(len(word2idx), 50, 64).parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


gru, gru_history = timed("GRU", train_gru)


# %% gru_accuracy learning_rate_far_too_large
# hint: steps of a learning rate of 1 jump over every valley; the loss stays above ln 4: divide the rate by some hundreds
def train_gru():
    torch.manual_seed(14)
    model = GRUModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=1.0)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


gru, gru_history = timed("GRU", train_gru)


# %% gru_accuracy learning_rate_far_too_small
# hint: with a learning rate of a millionth the loss hardly moves from ln 4: multiply the rate by a thousand or more
def train_gru():
    torch.manual_seed(15)
    model = GRUModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-6)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


gru, gru_history = timed("GRU", train_gru)


# %% gru_accuracy fresh_model_returned
# hint: what is returned is a fresh model that was never trained; return the one that training worked on
def train_gru():
    torch.manual_seed(16)
    model = GRUModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    history = training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)
    return GRUModel(len(word2idx), 50, 64), history


gru, gru_history = timed("GRU", train_gru)


# %% gru_accuracy last_column_read
# hint: the model reads the last column of the batch, which is padding for most texts, so the topic of a text depends on its neighbours
class LastColumn(RNNModel):
    def forward(self, features):
        _, last = self.layer(self.embeddings(features), torch.full((len(features),), features.shape[1]))
        return self.classifier(last)


def train_gru():
    torch.manual_seed(17)
    model = LastColumn(len(word2idx), 50, 64, layer_class=GRU)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


gru, gru_history = timed("GRU", train_gru)


# %% gru_accuracy only_positive_weights
# hint: all weights of the layer start between 0 and 1, so the state is at its limit after one word; start them on both sides of 0
def train_gru():
    torch.manual_seed(18)
    model = GRUModel(len(word2idx), 50, 64)
    for weight in model.layer.parameters():
        nn.init.uniform_(weight)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


gru, gru_history = timed("GRU", train_gru)


# %% gru_accuracy only_the_classifier_trained
# hint: the optimizer has the parameters of the classifier only; word vectors and layer stay random
def train_gru():
    torch.manual_seed(19)
    model = GRUModel(len(word2idx), 50, 64)
    optimizer = torch.optim.Adam(model.classifier.parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


gru, gru_history = timed("GRU", train_gru)


# %% load_vectors new_table
# hint: the table is replaced by a new one, which no optimizer knows and in which all other rows are lost; write into the weight that is there
def load_vectors(model, word2idx, vectors):
    count = 0
    table = torch.zeros(len(word2idx), vectors.vector_size)
    if True:
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                table[index] = torch.tensor(vectors[word])
                count += 1
    model.embeddings = nn.Embedding.from_pretrained(table, freeze=False, padding_idx=PAD)
    return count


# %% load_vectors new_frozen_table
# hint: from_pretrained makes another table, and a frozen one; write into the weight that is there
def load_vectors(model, word2idx, vectors):
    count = 0
    table = model.embeddings.weight.detach().clone()
    if True:
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                table[index] = torch.tensor(vectors[word])
                count += 1
    model.embeddings = nn.Embedding.from_pretrained(table, padding_idx=PAD)
    return count


# %% load_vectors new_parameter
# hint: the weight is replaced by a new parameter, which no optimizer knows; write into the weight that is there
def load_vectors(model, word2idx, vectors):
    count = 0
    table = model.embeddings.weight.detach().clone()
    if True:
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                table[index] = torch.tensor(vectors[word])
                count += 1
    model.embeddings.weight = nn.Parameter(table)
    return count


# %% load_vectors copy_is_filled
# hint: the table is as before, as if a copy of it had been filled; write into the weight itself
def load_vectors(model, word2idx, vectors):
    count = 0
    table = model.embeddings.weight.detach().clone()
    if True:
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                table[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors gradients_recorded
# hint: the weight is changed while gradients are recorded, which torch refuses; switch them off for it
def load_vectors(model, word2idx, vectors):
    count = 0
    if True:
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors other_rows_zero
# hint: the rows of words without a vector are set to 0; they stay as they are
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        model.embeddings.weight[2:] = 0
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors all_rows_zero
# hint: the whole table is set to 0 first; the rows of words without a vector stay as they are
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        model.embeddings.weight.zero_()
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors mean_for_unknown_words
# hint: words without a vector get the mean of all vectors; their rows stay as they are
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
            elif index > UNK:
                model.embeddings.weight[index] = torch.tensor(vectors.vectors.mean(axis=0))
    return count


# %% load_vectors unknown_words_crash
# hint: not every word of the vocabulary has a vector; ask before you look it up
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors rows_of_the_vectors
# hint: the vectors are written into the rows that they have among the vectors; a row belongs to the index of the word in word2idx
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[vectors.key_to_index[word]] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors rows_in_the_order_of_the_dict
# hint: rows are counted in the order of the dict; a row belongs to the index that the word has as its value
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for index, word in enumerate(word2idx):
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors vectors_of_the_wrong_words
# hint: the vector is looked up by the index of the vocabulary, which is the place of another word there; look it up by the word
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors.vectors[index % len(vectors)])
                count += 1
    return count


# %% load_vectors rows_without_gaps
# hint: the vectors are written one after another from row 2 on; a row belongs to the index of its word
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[UNK + 1 + count] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors one_row_too_low
# hint: each vector is written one row below; the index of the word is its row
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[(index + 1) % len(word2idx)] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors lower_cased_vectors
# hint: the words of the vectors are lower-cased first, so that a word in capitals overwrites another one; take the words as they are
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word in vectors.key_to_index:
            if word2idx.get(word.lower(), PAD) > UNK:
                model.embeddings.weight[word2idx[word.lower()]] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors unit_vectors
# hint: the vectors are scaled to length 1; copy them as they are
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors.get_vector(word, norm=True))
                count += 1
    return count


# %% load_vectors added_to_the_rows
# hint: the vector is added to what stood in the row; it takes its place
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] += torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors averaged_with_the_rows
# hint: the row is the mean of the old one and the vector; the vector takes its place
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = (model.embeddings.weight[index] + torch.tensor(vectors[word])) / 2
                count += 1
    return count


# %% load_vectors special_words_overwritten
# hint: a vector that is called <pad> or <unk> is copied as well; these rows stay in any case
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors padding_only_left_out
# hint: the row of unknown words is overwritten where a vector has its name; both special rows stay
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index != PAD and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors unknown_only_left_out
# hint: the row of padding is overwritten where a vector has its name; both special rows stay
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index != UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors special_words_counted
# hint: special words with a vector are counted, though their rows stay
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if word in vectors:
                if index > UNK:
                    model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors frozen_by_the_way
# hint: the table is frozen afterwards; that is the next exercise, copying leaves it trainable
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    model.embeddings.requires_grad_(False)
    return count


# %% load_vectors all_words_counted
# hint: all words of the vocabulary are counted; count those that got a vector
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return len(word2idx)


# %% load_vectors all_vectors_counted
# hint: all vectors are counted; count the words of the vocabulary that got one
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return len(vectors)


# %% load_vectors missing_words_counted
# hint: these are the words without a vector; count those that got one
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return len(word2idx) - 2 - count


# %% load_vectors one_too_many
# hint: the count starts at 1; start at 0
def load_vectors(model, word2idx, vectors):
    count = 1
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count


# %% load_vectors share_returned
# hint: this is a share; return the number of words
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return count / len(word2idx)


# %% load_vectors words_returned
# hint: these are the words; return how many there are
def load_vectors(model, word2idx, vectors):
    found = []
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                found.append(word)
    return found


# %% load_vectors nothing_returned
# hint: the function returns None; return the number of words
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1


# %% load_vectors model_returned
# hint: the model is returned; it has changed in place, return the number of words
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    return model


# %% load_vectors stops_at_the_first_missing_word
# hint: the loop ends at the first word without a vector; skip it and go on
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
            elif index > UNK:
                break
    return count


# %% load_vectors classifier_reset
# hint: the classifier is changed too; only rows of the table are written
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
    nn.init.zeros_(model.classifier.weight)
    return count


# %% load_vectors first_word_only
# hint: return stands inside the loop, so only one word gets its vector; move it behind the loop
def load_vectors(model, word2idx, vectors):
    count = 0
    with torch.no_grad():
        for word, index in word2idx.items():
            if index > UNK and word in vectors:
                model.embeddings.weight[index] = torch.tensor(vectors[word])
                count += 1
                return count
    return count


# %% freeze_embeddings attribute_of_the_module
# hint: nothing becomes frozen: an attribute of the module would be one that nobody reads; set it on the weight, or call the method of the module
def freeze_embeddings(model, frozen=True):
    model.embeddings.requires_grad = not frozen


# %% freeze_embeddings the_wrong_way_round
# hint: frozen weights are those without gradients; turn the flag round
def freeze_embeddings(model, frozen=True):
    model.embeddings.requires_grad_(frozen)


# %% freeze_embeddings whole_model
# hint: all weights are frozen, and nothing is left to learn; freeze the embeddings only
def freeze_embeddings(model, frozen=True):
    model.requires_grad_(not frozen)


# %% freeze_embeddings everything_but_the_embeddings
# hint: the classifier is frozen and the embeddings are not; it is the other way round
def freeze_embeddings(model, frozen=True):
    for name, weight in model.named_parameters():
        if not name.startswith("embeddings"):
            weight.requires_grad = not frozen


# %% freeze_embeddings classifier_frozen
# hint: the classifier is frozen; freeze the embeddings
def freeze_embeddings(model, frozen=True):
    model.classifier.weight.requires_grad = not frozen


# %% freeze_embeddings all_matrices
# hint: every weight with two dimensions is frozen; freeze the embeddings only
def freeze_embeddings(model, frozen=True):
    for weight in model.parameters():
        if weight.dim() > 1:
            weight.requires_grad = not frozen


# %% freeze_embeddings never_thawed
# hint: with frozen=False nothing happens; set the flag in both cases
def freeze_embeddings(model, frozen=True):
    if frozen:
        model.embeddings.requires_grad_(False)


# %% freeze_embeddings always_frozen
# hint: the argument is ignored, and the embeddings are frozen in any case; set the flag from it
def freeze_embeddings(model, frozen=True):
    model.embeddings.requires_grad_(False)


# %% freeze_embeddings switched
# hint: each call turns the flag round; set it to what was asked
def freeze_embeddings(model, frozen=True):
    model.embeddings.weight.requires_grad = not model.embeddings.weight.requires_grad


# %% freeze_embeddings switched_if_frozen
# hint: a second call with frozen=True thaws again; set the flag to what was asked
def freeze_embeddings(model, frozen=True):
    if frozen:
        model.embeddings.weight.requires_grad ^= True
    else:
        model.embeddings.weight.requires_grad = True


# %% freeze_embeddings thaws_everything
# hint: to thaw means all weights here, also those that were frozen before; touch the embeddings only
def freeze_embeddings(model, frozen=True):
    if frozen:
        model.embeddings.requires_grad_(False)
    else:
        model.requires_grad_(True)


# %% freeze_embeddings rest_is_the_opposite
# hint: the other weights get the opposite flag, so to thaw the embeddings freezes the rest; leave them alone
def freeze_embeddings(model, frozen=True):
    for name, weight in model.named_parameters():
        weight.requires_grad = frozen != name.startswith("embeddings")


# %% freeze_embeddings default_of_false
# hint: without the argument the embeddings are thawed; the default is to freeze
def freeze_embeddings(model, frozen=False):
    model.embeddings.requires_grad_(not frozen)


# %% freeze_embeddings no_default
# hint: the argument frozen has no default; it is True
def freeze_embeddings(model, frozen):
    model.embeddings.requires_grad_(not frozen)


# %% freeze_embeddings argument_of_the_seminar
# hint: the argument has the name and sense of the seminar; it is called frozen and is True by default
def freeze_embeddings(model, req_grad=False):
    model.embeddings.requires_grad_(req_grad)


# %% freeze_embeddings rows_frozen
# hint: a flag cannot be set on a part of the weight, which is a new tensor; set it on the whole weight
def freeze_embeddings(model, frozen=True):
    model.embeddings.weight[2:].requires_grad = not frozen


# %% freeze_embeddings vectors_emptied
# hint: the vectors are set to 0; freezing changes no number
def freeze_embeddings(model, frozen=True):
    model.embeddings.weight.data.zero_()
    model.embeddings.requires_grad_(not frozen)


# %% freeze_embeddings new_table
# hint: a new table with random vectors takes the place of the old one; switch the gradient of the one that is there
def freeze_embeddings(model, frozen=True):
    torch.manual_seed(0)
    old = model.embeddings
    model.embeddings = nn.Embedding(old.num_embeddings, old.embedding_dim, padding_idx=PAD)
    model.embeddings.requires_grad_(not frozen)


# %% freeze_embeddings no_attribute_weight
# hint: nn.Embedding keeps its numbers in its weight, and has no such method; ask for the weight
def freeze_embeddings(model, frozen=True):
    for weight in model.embeddings.weights():
        weight.requires_grad = not frozen


# %% freeze_embeddings other_name
# hint: the attribute of the model has another name; it is called embeddings
def freeze_embeddings(model, frozen=True):
    model.embedding.requires_grad_(not frozen)


# %% freeze_embeddings buffer
# hint: the weight is made a plain tensor, which is no parameter any more; switch its gradient instead
def freeze_embeddings(model, frozen=True):
    weight = model.embeddings.weight
    if frozen:
        del model.embeddings.weight
        model.embeddings.register_buffer("weight", weight.detach())


# %% training_freeze first_epoch_only
# hint: the embeddings are thawed in the first epoch only, so a longer frozen start never ends; count steps over all epochs
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            if step == 0:
                freeze_embeddings(model)
            if step >= num_freeze_iter and epoch < 1:
                freeze_embeddings(model, False)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze seminar
# hint: the embeddings are thawed one step too late, and in the first epoch only; num_freeze_iter steps are frozen, over all epochs
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            if step == 0:
                freeze_embeddings(model)
            if step > num_freeze_iter and epoch < 1:
                freeze_embeddings(model, False)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training_freeze steps_counted_in_each_epoch
# hint: the steps are counted anew in each epoch, so each starts frozen; set the count to 0 once
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count, step = 0.0, 0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze one_step_too_long
# hint: one step too many is frozen; after num_freeze_iter of them the embeddings are free
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step <= num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze one_step_too_short
# hint: one step too few is frozen; the first num_freeze_iter of them are
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step + 1 < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze flag_after_the_step
# hint: the flag is set after the step, when it comes too late for it; set it before
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            freeze_embeddings(model, step < num_freeze_iter)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze the_wrong_way_round
# hint: the embeddings are free at first and frozen later; it is the other way round
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step >= num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze never_frozen
# hint: nothing is frozen; freeze the weight of the embeddings for the first steps, an attribute of the module does nothing
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze always_frozen
# hint: the embeddings are never thawed during the training; free them after num_freeze_iter steps
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze not_thawed_at_the_end
# hint: where there are fewer steps than num_freeze_iter the embeddings stay frozen; thaw them at the end
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    return history


# %% training_freeze frozen_at_the_end
# hint: the embeddings are frozen when the training is over; thaw them
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model)
    return history


# %% training_freeze frozen_epochs
# hint: all steps of an epoch are frozen, as if epochs were counted, or nothing; count every step
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, epoch < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze first_epoch_frozen
# hint: the first epoch is frozen whatever num_freeze_iter is; it counts steps
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, epoch == 0 and num_freeze_iter > 0)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze checked_once_an_epoch
# hint: the flag is set only at the start of an epoch; set it before each step
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        freeze_embeddings(model, step < num_freeze_iter)
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze texts_counted
# hint: texts are counted, not steps; a batch is one step
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += len(batch["labels"])
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze every_other_way
# hint: only the step with the number num_freeze_iter is frozen; all before it are
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step == num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze thawed_for_one_step
# hint: the embeddings are free in one step only; once thawed, they stay so
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step != num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze frozen_in_turns
# hint: the frozen steps come back again and again; only the very first are frozen
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, num_freeze_iter > 0 and step // num_freeze_iter % 2 == 0)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze whole_model_frozen
# hint: the whole model is frozen, and a loss without weights cannot be sent back; freeze the embeddings only
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            model.requires_grad_(step >= num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze classifier_frozen
# hint: the classifier is frozen in the first steps; the embeddings are
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            model.classifier.requires_grad_(step >= num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    model.classifier.requires_grad_(True)
    return history


# %% training_freeze extra_frozen_epochs
# hint: the frozen steps come on top of the epochs; they are the first steps of them
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    freeze_embeddings(model)
    for _, batch in zip(range(num_freeze_iter), loaders["train"]):
        train_step(model, criterion, optimizer, batch, max_grad_norm)
    freeze_embeddings(model, False)
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze frozen_batches_skipped
# hint: the first batches are skipped; make their steps, with the embeddings frozen
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            step += 1
            if step <= num_freeze_iter:
                continue
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / max(count, 1), "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze vectors_put_back
# hint: the embeddings move and are put back after each step, so their gradients are computed and clipped with the others; freeze them
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            before = model.embeddings.weight.detach().clone()
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            if step < num_freeze_iter:
                model.embeddings.weight.data.copy_(before)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze learning_rate_zero
# hint: the learning rate of all weights is 0 in the first steps, and nothing moves; freeze the embeddings only
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            rate = optimizer.param_groups[0]["lr"] or rate
            optimizer.param_groups[0]["lr"] = 0.0 if step < num_freeze_iter else rate
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze new_optimizer_when_thawed
# hint: a new optimizer is made when the embeddings are thawed; the one that is passed in knows them already
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            if step == num_freeze_iter:
                optimizer = torch.optim.Adam(model.parameters())
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze only_trainable_weights_when_frozen
# hint: a new optimizer that knows the trainable weights only is made, and never learns of the thawed ones; use the one that is passed in
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            if step == 0:
                weights = [weight for weight in model.parameters() if weight.requires_grad]
                optimizer = torch.optim.SGD(weights, lr=0.2)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze nothing_returned
# hint: the function returns None; return the history
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)


# %% training_freeze never_clipped
# hint: max_grad_norm is not passed on and nothing is clipped; give it to the step
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, None)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze always_two
# hint: the 2 is typed in; give max_grad_norm to the step
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, 2.0)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze default_norm_of_one
# hint: without the argument gradients are clipped to 1; the default is 2
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=1.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze default_of_1000
# hint: without the argument 1,000 steps are frozen, as in the seminar; the default is 100
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=1000
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze always_100
# hint: the 100 is typed in; use num_freeze_iter
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < 100)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze mean_of_the_batches
# hint: the losses of the steps are averaged over batches; weigh each with its number of texts
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss
            count += 1
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze frozen_steps_left_out_of_the_loss
# hint: the train loss is that of the free steps only; frozen steps count as well
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            if step > num_freeze_iter:
                total += loss * len(batch["labels"])
                count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["valid"])
        history.append({"train_loss": total / max(count, 1), "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze validated_on_training_texts
# hint: the model is validated on the texts that it trains on; use the other loader
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    history, step = [], 0
    for epoch in range(num_epochs):
        total, count = 0.0, 0
        for batch in tqdm(loaders["train"], leave=False):
            freeze_embeddings(model, step < num_freeze_iter)
            loss = train_step(model, criterion, optimizer, batch, max_grad_norm)
            step += 1
            total += loss * len(batch["labels"])
            count += len(batch["labels"])
        valid_loss, accuracy = evaluate(model, criterion, loaders["train"])
        history.append({"train_loss": total / count, "valid_loss": valid_loss, "accuracy": accuracy})
    freeze_embeddings(model, False)
    return history


# %% training_freeze two_trainings
# hint: the frozen phase is a whole training and the free one another, so there are twice as many epochs; freeze the first steps of one training
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    freeze_embeddings(model, num_freeze_iter > 0)
    history = training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm)
    freeze_embeddings(model, False)
    return history + training(model, criterion, optimizer, num_epochs, loaders, max_grad_norm)


# %% training_freeze frozen_epochs_rounded_down
# hint: the frozen steps are rounded to whole epochs; thaw in the middle of an epoch where it falls there
def training_freeze(
    model, criterion, optimizer, num_epochs, loaders, max_grad_norm=2.0, num_freeze_iter=100
):
    frozen_epochs = min(num_epochs, num_freeze_iter // len(loaders["train"]))
    freeze_embeddings(model)
    history = training(model, criterion, optimizer, frozen_epochs, loaders, max_grad_norm)
    freeze_embeddings(model, False)
    return history + training(model, criterion, optimizer, num_epochs - frozen_epochs, loaders, max_grad_norm)


# %% frozen_start optimizer_of_another_model
# hint: the optimizer was given the parameters of another model, so this one never learned anything
def train_best():
    torch.manual_seed(20)
    model = GRUModel(len(word2idx), vectors.vector_size, 64)
    load_vectors(model, word2idx, vectors)
    optimizer = torch.optim.Adam(GRUModel(len(word2idx), vectors.vector_size, 64).parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


best, best_history = timed("GRU + vectors + frozen start", train_best)


# %% frozen_start learning_rate_far_too_large
# hint: steps of a learning rate of 1 jump over every valley; the loss stays above ln 4: divide the rate by some hundreds
def train_best():
    torch.manual_seed(21)
    model = GRUModel(len(word2idx), vectors.vector_size, 64)
    load_vectors(model, word2idx, vectors)
    optimizer = torch.optim.Adam(model.parameters(), lr=1.0)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


best, best_history = timed("GRU + vectors + frozen start", train_best)


# %% frozen_start learning_rate_far_too_small
# hint: with a learning rate of a millionth the loss hardly moves from ln 4: multiply the rate by a thousand or more
def train_best():
    torch.manual_seed(22)
    model = GRUModel(len(word2idx), vectors.vector_size, 64)
    load_vectors(model, word2idx, vectors)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-6)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


best, best_history = timed("GRU + vectors + frozen start", train_best)


# %% frozen_start fresh_model_returned
# hint: what is returned is a fresh model that was never trained; return the one that training worked on
def train_best():
    torch.manual_seed(23)
    model = GRUModel(len(word2idx), vectors.vector_size, 64)
    load_vectors(model, word2idx, vectors)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    history = training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)
    return GRUModel(len(word2idx), vectors.vector_size, 64), history


best, best_history = timed("GRU + vectors + frozen start", train_best)


# %% frozen_start last_column_read
# hint: the model reads the last column of the batch, which is padding for most texts, so the topic of a text depends on its neighbours
class LastColumn(RNNModel):
    def forward(self, features):
        _, last = self.layer(self.embeddings(features), torch.full((len(features),), features.shape[1]))
        return self.classifier(last)


def train_best():
    torch.manual_seed(24)
    model = LastColumn(len(word2idx), vectors.vector_size, 64, layer_class=GRU)
    load_vectors(model, word2idx, vectors)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


best, best_history = timed("GRU + vectors + frozen start", train_best)


# %% frozen_start only_positive_weights
# hint: all weights of the layer start between 0 and 1, so the state is at its limit after one word; start them on both sides of 0
def train_best():
    torch.manual_seed(25)
    model = GRUModel(len(word2idx), vectors.vector_size, 64)
    load_vectors(model, word2idx, vectors)
    for weight in model.layer.parameters():
        nn.init.uniform_(weight)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


best, best_history = timed("GRU + vectors + frozen start", train_best)


# %% frozen_start only_the_classifier_trained
# hint: the optimizer has the parameters of the classifier only; word vectors and layer stay random
def train_best():
    torch.manual_seed(26)
    model = GRUModel(len(word2idx), vectors.vector_size, 64)
    optimizer = torch.optim.Adam(model.classifier.parameters(), lr=0.003)
    return model, training(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0)


best, best_history = timed("GRU + vectors + frozen start", train_best)


# %% frozen_start vectors_loaded_after_training
# hint: the vectors were loaded after training and wrote over all that the table had learned; load them first
def train_best():
    torch.manual_seed(27)
    model = GRUModel(len(word2idx), vectors.vector_size, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    history = training_freeze(model, nn.CrossEntropyLoss(), optimizer, 1, loaders, 1.0, num_freeze_iter=20)
    load_vectors(model, word2idx, vectors)
    return model, history


best, best_history = timed("GRU + vectors + frozen start", train_best)
