"""Wrong answers to the exercises of `ranking`, each with a name and a hint: see course_lib/authoring/bank.py."""


# %% word_vectors positive_and_negative_swapped
# hint: woman and king are subtracted here and man is added; put woman and king into positive and man into negative
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["man"], negative=["woman", "king"])[0][0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors negative_forgotten
# hint: man is not subtracted; pass negative=['man'] as well
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["woman", "king"])[0][0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors man_and_woman_exchanged
# hint: this asks for man + king - woman; add woman and king, subtract man
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["man", "king"], negative=["woman"])[0][0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors second_best_analogy
# hint: this is the second best word; the best one stands at index 0
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["woman", "king"], negative=["man"])[1][0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors pair_with_score
# hint: the first answer is a pair of word and cosine; of the pair take the word, [0][0]
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["woman", "king"], negative=["man"])[0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors whole_list_returned
# hint: the first answer is the whole list of ten pairs; take the word of its first pair, [0][0]
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["woman", "king"], negative=["man"])
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors input_words_not_excluded
# hint: arithmetic on the vectors by hand finds king or woman again; most_similar(positive=..., negative=...) leaves the words of the query out
def sanity_queries(embeddings):
    analogy = embeddings.similar_by_vector(embeddings["woman"] + embeddings["king"] - embeddings["man"])[0][0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors words_of_four_in_one_string
# hint: one string is taken letter by letter; give doesnt_match a list of four words
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["woman", "king"], negative=["man"])[0][0]
    odd = embeddings.doesnt_match("breakfast cereal dinner lunch")
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors least_similar_to_music
# hint: this is the word farthest from music; take the largest similarity, not the smallest
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["woman", "king"], negative=["man"])[0][0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = min(["water", "sound", "backpack", "mouse"], key=lambda word: embeddings.similarity("music", word))
    return analogy, odd, closest


# %% word_vectors closest_in_the_whole_space
# hint: this is the nearest of all words; choose among water, sound, backpack and mouse with most_similar_to_given
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["woman", "king"], negative=["man"])[0][0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar("music")[0][0]
    return analogy, odd, closest


# %% word_vectors hard_coded_answers
# hint: these words are typed in, and other vectors have other answers; ask the embeddings that are passed in
def sanity_queries(embeddings):
    return "queen", "cereal", "sound"


# %% word_vectors notebook_vectors
# hint: the notebook's wv_embeddings are asked here; ask the argument `embeddings`
def sanity_queries(embeddings):
    analogy = wv_embeddings.most_similar(positive=["woman", "king"], negative=["man"])[0][0]
    odd = wv_embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, odd, closest


# %% word_vectors wrong_order
# hint: the three words are there in another order; return analogy, odd one out, closest to music
def sanity_queries(embeddings):
    analogy = embeddings.most_similar(positive=["woman", "king"], negative=["man"])[0][0]
    odd = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])
    closest = embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"])
    return analogy, closest, odd


# %% word_vectors printed_not_returned
# hint: the function prints its answers and returns None; end it with return
def sanity_queries(embeddings):
    print(embeddings.most_similar(positive=["woman", "king"], negative=["man"])[0][0])
    print(embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"]))
    print(embeddings.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"]))


# %% validation_corpus duplicate_counted
# hint: the duplicate is counted as a negative; a row has len(row) - 2 negatives
num_samples = len(validation)
negatives_per_sample = sum(len(row) - 1 for row in validation) / num_samples


# %% validation_corpus whole_row_counted
# hint: question and duplicate are counted as negatives; a row has len(row) - 2 negatives
num_samples = len(validation)
negatives_per_sample = np.mean([len(row) for row in validation])


# %% validation_corpus first_row_only
# hint: this is the number of the first row alone; rows differ in length, so average over all of them
num_samples = len(validation)
negatives_per_sample = len(validation[0]) - 2


# %% validation_corpus total_instead_of_mean
# hint: this is the number of all negatives together; divide it by the number of rows
num_samples = len(validation)
negatives_per_sample = sum(len(row) - 2 for row in validation)


# %% validation_corpus hard_coded_numbers
# hint: these are the numbers of another data set; compute them from `validation`
num_samples = 3760
negatives_per_sample = 1000


# %% validation_corpus train_counted
# hint: these are the rows of `train`; count those of `validation`
num_samples = len(train)
negatives_per_sample = sum(len(row) - 2 for row in validation) / len(validation)


# %% validation_corpus one_row_less_in_the_mean
# hint: the mean divides by N - 1; divide by N, the number of rows
num_samples = len(validation)
negatives_per_sample = sum(len(row) - 2 for row in validation) / (num_samples - 1)


# %% validation_corpus first_row_taken_for_a_header
# hint: the first row is skipped as if it were a header; the file has none, so count all rows
num_samples = len(validation[1:])
negatives_per_sample = np.mean([len(row) - 2 for row in validation[1:]])


# %% validation_corpus swapped
# hint: the two numbers are exchanged; num_samples counts rows, negatives_per_sample is the mean within a row
num_samples = sum(len(row) - 2 for row in validation) / len(validation)
negatives_per_sample = len(validation)


# %% validation_corpus length_of_a_row_as_number_of_rows
# hint: len(validation[0]) is the length of a row; the number of rows is len(validation)
num_samples = len(validation[0])
negatives_per_sample = sum(len(row) - 2 for row in validation) / len(validation)


# %% validation_corpus texts_counted_as_rows
# hint: every text is counted as a sample; a sample is a row
num_samples = sum(len(row) for row in validation)
negatives_per_sample = sum(len(row) - 2 for row in validation) / len(validation)


# %% validation_corpus whole_division
# hint: // throws the fraction away; divide with /
num_samples = len(validation)
negatives_per_sample = sum(len(row) - 2 for row in validation) // num_samples


# %% validation_corpus longest_row
# hint: this is the largest number of negatives; take the mean over the rows
num_samples = len(validation)
negatives_per_sample = max(len(row) for row in validation) - 2


# %% validation_corpus text_instead_of_number
# hint: the mean is a formatted text; keep it a number
num_samples = len(validation)
negatives_per_sample = f"{sum(len(row) - 2 for row in validation) / num_samples:.2f}"


# %% embedder hard_coded_zeros
# hint: the zeros have a typed-in dimension; write np.zeros(self.dim)
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros(50)
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder hard_coded_dimension
# hint: the sum starts from zeros of a typed-in dimension; start from np.zeros(self.dim)
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        total = np.zeros(300)
        count = 0
        for word in text.split():
            if word in self.embeddings:
                total += self.embeddings[word]
                count += 1
        mean = total / count if count else total
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder scalar_zero_without_known_words
# hint: without a known word the number 0 comes back; return a vector of dim zeros
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return 0
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder nan_without_known_words
# hint: the mean of an empty list is nan; return a vector of dim zeros when no word is known
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        mean = np.mean(vectors, axis=0)
        if normalize:
            mean = mean / np.linalg.norm(mean)
        return mean


# %% embedder none_without_known_words
# hint: without a known word the function returns None; return a vector of dim zeros
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if vectors:
            mean = np.mean(vectors, axis=0)
            norm = np.linalg.norm(mean)
            if normalize and norm > 0:
                mean = mean / norm
            return mean


# %% embedder row_matrix_without_known_words
# hint: without a known word the shape is (1, dim); return a vector of dim zeros
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros((1, self.dim))
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder row_matrix_always
# hint: the vector has the shape (1, dim); return it with the shape (dim,)
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros((1, self.dim))
        mean = np.mean(vectors, axis=0, keepdims=True)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder divided_by_all_words
# hint: unknown words count as zeros here; divide by the number of known words
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.sum(vectors, axis=0) / len(text.split())
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder sum_instead_of_mean
# hint: this is the sum of the vectors; the formula divides it by the number of known words
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.sum(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder letters_instead_of_words
# hint: a loop over a text runs over its letters; loop over text.split()
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder index_error_without_known_words
# hint: vectors[0] does not exist when no word is known; return a vector of dim zeros before
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        total = np.zeros(len(vectors[0]))
        for vector in vectors:
            total = total + vector
        mean = total / len(vectors)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder stack_of_nothing
# hint: np.stack cannot stack an empty list; return a vector of dim zeros before, when no word is known
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        mean = np.stack(vectors).mean(axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder division_by_zero_words
# hint: without a known word this divides by 0; return a vector of dim zeros before
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        mean = sum(vectors) / len(vectors)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder unknown_word_raises
# hint: an unknown word ends in a KeyError; ask `word in self.embeddings` first and skip it
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split()]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder lower_cases_the_words
# hint: the words are lower-cased before they are looked up; look them up as split() gives them
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.lower().split() if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder strips_punctuation
# hint: punctuation is cut off before the words are looked up; look them up as split() gives them
import re


class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in re.findall(r"\w+", text) if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder own_preprocessing
# hint: the text is lower-cased and cleaned of punctuation; look words up as split() gives them, cleaning has its own exercise
from gensim.utils import simple_preprocess


class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        tokens = simple_preprocess(text)
        vectors = [self.embeddings[word] for word in tokens if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder notebook_vectors
# hint: the notebook's wv_embeddings are read here; use self.embeddings
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [wv_embeddings[word] for word in text.split() if word in wv_embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder z_score_instead_of_length
# hint: this subtracts the mean and divides by the deviation; with normalize=True divide by the Euclidean length only
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        if normalize and mean.std() > 0:
            mean = (mean - mean.mean()) / mean.std()
        return mean


# %% embedder sum_of_entries_instead_of_length
# hint: this divides by the sum of absolute values; the Euclidean length is np.linalg.norm(mean)
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        if normalize:
            mean = mean / np.abs(mean).sum()
        return mean


# %% embedder set_of_words
# hint: a word that occurs twice counts once here; loop over text.split(), not over its set
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in sorted(set(text.split())) if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder normalizes_always
# hint: the vector is divided by its length even when nobody asked; the default is normalize=False, and then the mean stays as it is
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        return mean / np.linalg.norm(mean)


# %% embedder normalize_ignored
# hint: normalize=True changes nothing; divide the mean by np.linalg.norm(mean) then
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        return mean


# %% embedder nan_from_normalizing_zeros
# hint: zeros are divided by their length 0, which gives nan; divide only when the length is above 0
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        mean = np.mean(vectors, axis=0) if vectors else np.zeros(self.dim)
        if normalize:
            mean = mean / np.linalg.norm(mean)
        return mean


# %% embedder words_normalized_first
# hint: the vectors of the words are brought to length 1 before the mean (get_mean_vector does so unless pre_normalize=False); average them as they are
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        words = [word for word in text.split() if word in self.embeddings]
        if not words:
            return np.zeros(self.dim)
        return self.embeddings.get_mean_vector(words, post_normalize=normalize)


# %% embedder last_word_only
# hint: each word overwrites the one before; collect the vectors and average them
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        mean = np.zeros(self.dim)
        for word in text.split():
            if word in self.embeddings:
                mean = self.embeddings[word]
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% embedder first_word_only
# hint: the loop returns at the first known word; collect the vectors of all words and return after the loop
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        for word in text.split():
            if word in self.embeddings:
                mean = self.embeddings[word]
                norm = np.linalg.norm(mean)
                return mean / norm if normalize else mean
        return np.zeros(self.dim)


# %% embedder changes_the_word_vectors
# hint: total += ... writes into the array that the KeyedVectors hold, so the word itself changes; start from np.zeros(self.dim)
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if not vectors:
            return np.zeros(self.dim)
        total = vectors[0]
        for vector in vectors[1:]:
            total += vector
        mean = total / len(vectors)
        norm = np.linalg.norm(mean)
        if normalize and norm > 0:
            mean = mean / norm
        return mean


# %% hits_at_k at_most_k
# hint: <= takes a duplicate at place k + 1 for a hit; with h negatives above it stands at place h + 1, so a hit needs h < k
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: np.mean(counts <= k) for k in ks}


# %% hits_at_k place_below_k
# hint: the place h + 1 is compared with < k, so place k misses; compare h < k, or h + 1 <= k
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: np.mean(counts + 1 < k) for k in ks}


# %% hits_at_k number_instead_of_share
# hint: this is the number of hits; divide it by N
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: int(np.sum(counts < k)) for k in ks}


# %% hits_at_k divided_by_k
# hint: the number of hits is divided by k; divide it by N, the number of questions
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: np.sum(counts < k) / k for k in ks}


# %% hits_at_k any_instead_of_share
# hint: any() asks whether there is one hit at all; take the share of hits, the mean
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: float(any(counts < k)) for k in ks}


# %% hits_at_k counts_cut_at_k
# hint: counts[:k] are the first k questions; compare every count with k
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: np.mean(counts[:k] < k) for k in ks}


# %% hits_at_k percentages
# hint: these are percentages; a share lies between 0 and 1
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: 100 * np.mean(counts < k) for k in ks}


# %% hits_at_k string_keys
# hint: the keys are strings; use each k as it is given
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {str(k): np.mean(counts < k) for k in ks}


# %% hits_at_k positions_as_keys
# hint: the keys count from 0; use each k as it is given
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {i: np.mean(counts < k) for i, k in enumerate(ks)}


# %% hits_at_k list_instead_of_dict
# hint: this is a list of shares; return a dict {k: share}
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return [np.mean(counts < k) for k in ks]


# %% hits_at_k boolean_per_question
# hint: this gives a list of hits for each k; take the mean of it
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: (counts < k).tolist() for k in ks}


# %% hits_at_k discounted_gain
# hint: hits are weighted by 1 / log2(place + 1), which is another score; each hit counts 1
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: np.mean((counts < k) / np.log2(counts + 2)) for k in ks}


# %% hits_at_k whole_division
# hint: // throws the fraction away; divide with /
def hits_at_k(hard_negatives, ks):
    counts = np.array(hard_negatives)
    return {k: sum(counts < k) // len(counts) for k in ks}


# %% hits_at_k list_compared_with_a_number
# hint: a list cannot be compared with a number; make an array of it first, np.asarray(hard_negatives)
def hits_at_k(hard_negatives, ks):
    return {k: (hard_negatives < k).mean() for k in ks}


# %% hits_at_k returns_in_the_loop
# hint: return stands inside the loop, so only the first k comes back; return after the loop
def hits_at_k(hard_negatives, ks):
    result = {}
    for k in ks:
        result[k] = sum(count < k for count in hard_negatives) / len(hard_negatives)
        return result


# %% hits_at_k counter_not_reset
# hint: the counter of hits goes on from the k before; set it to 0 for each k
def hits_at_k(hard_negatives, ks):
    result = {}
    hits = 0
    for k in ks:
        for count in hard_negatives:
            if count < k:
                hits += 1
        result[k] = hits / len(hard_negatives)
    return result


# %% scorer ties_counted
# hint: a tie counts as above the duplicate, by >= or by a sort turned round with [::-1]; count only negatives with a strictly larger cosine
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) >= best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer sorted_backwards_with_nan
# hint: a zero vector gives nan, and a sort turned round with [::-1] puts nan first and the duplicate below its ties; let a zero vector have cosine 0 and count with >
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        cosines = np.array([self.cosine(question, self.embedder(text)) for text in [pos] + negs])
        order = np.argsort(cosines, kind="stable")[::-1]
        return int(np.where(order == 0)[0][0])

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer sorted_indices_beside_unsorted_texts
# hint: argsort says who stands at each place, and here it is read beside texts that are not sorted; count the larger cosines, or ask where index 0 stands in the order
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        cosines = np.array([self.cosine(question, self.embedder(text)) for text in [pos] + negs])
        order = np.argsort(-cosines, kind="stable")
        for index, text in zip(order, [pos] + negs):
            if text == pos:
                return int(index)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer places_from_one
# hint: this is the place of the duplicate, counted from 1; return the number of negatives above it, one less
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return 1 + sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer one_if_any_above
# hint: any() gives at most 1; count how many negatives are above the duplicate
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return int(any(self.cosine(question, self.embedder(neg)) > best for neg in negs))

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer easy_negatives_counted
# hint: the negatives below the duplicate are counted, as if a cosine were a distance or the sort put the worst first; count those with a larger cosine
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) < best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer scalar_product
# hint: this is the scalar product, in which long vectors win; divide it by both lengths
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        return a @ b

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer euclidean_distance
# hint: this compares Euclidean distances; compare cosines
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        return -np.linalg.norm(a - b)

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer absolute_cosine
# hint: the sign of the cosine is lost, so opposite vectors count as close; take it without abs
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return abs(a @ b) / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer nan_from_a_zero_vector
# hint: a zero vector is divided by its length 0, and every comparison with nan is false; give it the cosine 0
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer zero_vector_below_all
# hint: a zero vector gets the cosine -1; the exercise gives it 0
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else -1.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer notebook_embedder
# hint: the notebook's `embedder` is called; call self.embedder
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = embedder(q)
        best = self.cosine(question, embedder(pos))
        return sum(self.cosine(question, embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer at_most_k
# hint: <= takes a duplicate at place k + 1 for a hit; with h negatives above it stands at place h + 1, so a hit needs h < k
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts <= k) for k in self.k}


# %% scorer place_below_k
# hint: the place h + 1 is compared with < k, so place k misses; compare h < k, or h + 1 <= k
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts + 1 < k) for k in self.k}


# %% scorer counts_cut_at_k
# hint: counts[:k] are the first k rows; compare every count with k
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts[:k] < k) for k in self.k}


# %% scorer any_instead_of_share
# hint: any() asks whether there is one hit at all; take the share of hits, the mean
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: float(any(counts < k)) for k in self.k}


# %% scorer number_instead_of_share
# hint: this is the number of hits; divide it by the number of rows
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.sum(counts < k) for k in self.k}


# %% scorer string_keys
# hint: the keys are strings; use each k as it is given
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {str(k): np.mean(counts < k) for k in self.k}


# %% scorer percentages
# hint: these are percentages; a share lies between 0 and 1
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: 100 * np.mean(counts < k) for k in self.k}


# %% scorer list_instead_of_dict
# hint: this is a list of shares; return a dict {k: share}
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return [np.mean(counts < k) for k in self.k]


# %% scorer embeds_again_for_each_k
# hint: every text is embedded once for each k; count the hard negatives of a row once and compare the counts with every k
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        result = {}
        for k in tqdm(self.k, disable=not verbose):
            hits = [self._get_hard_negatives(row[0], row[1], row[2:]) < k for row in samples]
            result[k] = np.mean(hits)
        return result


# %% scorer embeds_the_question_for_each_negative
# hint: the question is embedded anew for each candidate; embed it once, before the loop
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        best = self.cosine(self.embedder(q), self.embedder(pos))
        return sum(self.cosine(self.embedder(q), self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer duplicate_among_the_negatives
# hint: row[1:] begins with the duplicate, which is embedded twice so; the negatives are row[2:]
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[1:]) for row in tqdm(samples, disable=not verbose)])
        return {k: np.mean(counts < k) for k in self.k}


# %% scorer keeps_counts_between_calls
# hint: the counts of earlier calls are still in the list; start with an empty list in every call
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder
        self.counts = []

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        for row in tqdm(samples, disable=not verbose):
            self.counts.append(self._get_hard_negatives(row[0], row[1], row[2:]))
        return {k: np.mean(np.array(self.counts) < k) for k in self.k}


# %% scorer verbose_returns_nothing
# hint: with verbose=True the result is printed and not returned; return it in both cases
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        counts = np.array([self._get_hard_negatives(row[0], row[1], row[2:]) for row in samples])
        result = {k: np.mean(counts < k) for k in self.k}
        if verbose:
            print(result)
        else:
            return result


# %% scorer rows_of_one_length
# hint: the rows are made one array, which needs rows of one length; take them one by one
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        length = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / length if length > 0 else 0.0

    def _get_hard_negatives(self, q, pos, negs):
        question = self.embedder(q)
        best = self.cosine(question, self.embedder(pos))
        return sum(self.cosine(question, self.embedder(neg)) > best for neg in negs)

    def __call__(self, samples, verbose=False):
        samples = np.array(samples)
        counts = [self._get_hard_negatives(q, pos, negs) for q, pos, negs in zip(samples[:, 0], samples[:, 1], samples[:, 2:].tolist())]
        return {k: np.mean(np.array(counts) < k) for k in self.k}


# %% text_preprocessor min_word_length_ignored
# hint: min_word_length is never used; drop words with len(word) < self.min_word_length
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor words_must_be_longer
# hint: > drops words of exactly min_word_length letters; keep them with >=
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) > self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor short_words_kept_instead
# hint: the comparison is the wrong way round; keep words with len(word) >= self.min_word_length
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) <= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor length_before_cleaning
# hint: words are measured with their punctuation still on; clean first, then measure
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = " ".join(word for word in text.split() if len(word) >= self.min_word_length)
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor stopwords_none_crashes
# hint: nothing is `in None`; take an empty set when stopwords is None
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor stopwords_stay
# hint: the stopwords are still there, since ^word$ only matches a text that is that one word; compare each word of the split text with the set
import re


class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        for stopword in self.stopwords:
            text = re.sub(f"^{re.escape(stopword)}$", "", text)
        words = [word for word in text.split() if len(word) >= self.min_word_length]
        return " ".join(words)


# %% text_preprocessor stopwords_cut_out_of_words
# hint: replacing a stopword inside the text also cuts it out of longer words; compare whole words after split()
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        for stopword in self.stopwords:
            text = text.replace(stopword, "")
        words = [word for word in text.split() if len(word) >= self.min_word_length]
        return " ".join(words)


# %% text_preprocessor stopwords_before_cleaning
# hint: stopwords are compared while punctuation still sticks to the words; clean first, then compare
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = " ".join(word for word in text.lower().split() if word not in self.stopwords)
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length]
        return " ".join(words)


# %% text_preprocessor stopwords_before_lower_case
# hint: stopwords are compared before the text is lower-cased, so STOP stays; lower-case first
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words).lower()


# %% text_preprocessor empty_characters_crash
# hint: an empty list of characters makes the pattern [], which is an error; skip the replacement then, or use str.translate
import re


class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = re.sub("[" + "".join(map(re.escape, self.characters)) + "]", " ", text.lower())
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor regex_class_not_escaped
# hint: characters such as \ and ] mean something else inside [...], and an empty [] is an error; use re.escape on each, or str.translate
import re


class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = re.sub("[" + "".join(self.characters) + "]", " ", text.lower())
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor regex_alternatives_not_escaped
# hint: characters such as ? and . mean something else in a pattern; use re.escape on each, or str.replace
import re


class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = re.sub("|".join(self.characters), " ", text.lower())
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor characters_replaced_by_nothing
# hint: a bad character is replaced by nothing, which glues list/array together; replace it by a space
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, "")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor replace_thrown_away
# hint: str.replace returns a new text, which is thrown away here; assign it, text = text.replace(...)
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor characters_stripped_at_the_ends
# hint: strip() only cuts bad characters off the ends of a word; replace them everywhere, by a space
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        words = [word.strip("".join(self.characters)) for word in text.lower().split()]
        words = [word for word in words if word and len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor own_list_of_characters
# hint: another list of characters is removed than the one given; use self.characters
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in string.punctuation:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor words_with_bad_characters_dropped
# hint: a word with a bad character is dropped as a whole; replace the character by a space and keep the rest
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        words = [word for word in text.lower().split() if not any(character in word for character in self.characters)]
        words = [word for word in words if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor no_lower_case
# hint: the text keeps its capitals; call text.lower() first
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor runs_of_spaces
# hint: split(" ") leaves empty words, and so runs of spaces; use split() without an argument
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split(" ") if len(word) >= self.min_word_length and word not in self.stopwords]
        return " ".join(words)


# %% text_preprocessor words_glued
# hint: the words are joined by nothing; join them with " ".join(words)
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return "".join(words)


# %% text_preprocessor space_at_the_end
# hint: a space is left after the last word; use " ".join(words)
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        result = ""
        for word in words:
            result += word + " "
        return result


# %% text_preprocessor list_of_words
# hint: this is a list of words; join it to a text with " ".join(words)
class TextPreprocessor:
    def __init__(self, characters, min_word_length=0, stopwords=None):
        self.characters = characters
        self.min_word_length = min_word_length
        self.stopwords = stopwords or set()

    def __call__(self, text):
        text = text.lower()
        for character in self.characters:
            text = text.replace(character, " ")
        words = [word for word in text.split() if len(word) >= self.min_word_length and word not in self.stopwords]
        return words


# %% lift identity
# hint: the text stays as it is; build a TextPreprocessor with characters, a minimal length and stopwords
def text_preprocessor(text):
    return text


# %% lift lower_case_only
# hint: this only lower-cases; remove punctuation and stopwords as well
text_preprocessor = TextPreprocessor([])


# %% lift no_lower_case
# hint: the capitals stay, and Python has no vector where python has one; lower-case as well
stopwords = data.stopwords()


def text_preprocessor(text):
    for character in string.punctuation:
        text = text.replace(character, " ")
    return " ".join(word for word in text.split() if len(word) > 2 and word.lower() not in stopwords)


# %% lift lower_case_after_letters_are_chosen
# hint: [^a-z] also removes the capitals, before they are lower-cased; lower-case first
import re

stopwords = data.stopwords()


def text_preprocessor(text):
    words = re.sub("[^a-z ]", " ", text).lower().split()
    return " ".join(word for word in words if len(word) > 2 and word not in stopwords)


# %% lift punctuation_glued_to_words
# hint: punctuation still sticks to the words, and `python?` has no vector; pass list(string.punctuation) as characters
text_preprocessor = TextPreprocessor([], min_word_length=3, stopwords=data.stopwords())


# %% lift stopwords_only
# hint: only stopwords are removed, and those with punctuation on them stay; remove punctuation as well
text_preprocessor = TextPreprocessor([], stopwords=data.stopwords())


# %% lift punctuation_only
# hint: the stopwords stay, and they pull every mean into the same corner; pass stopwords=data.stopwords()
text_preprocessor = TextPreprocessor(list(string.punctuation))


# %% lift long_words_only
# hint: a minimal length of 8 removes nearly everything; take a length of 1 to 3
text_preprocessor = TextPreprocessor(list(string.punctuation), min_word_length=8, stopwords=data.stopwords())


# %% lift letters_among_the_characters
# hint: string.printable holds the letters too, so nothing is left of the text; pass list(string.punctuation)
text_preprocessor = TextPreprocessor(list(string.printable), min_word_length=3, stopwords=data.stopwords())


# %% lift topic_words_as_stopwords
# hint: the commonest 500 words of `train` are taken for stopwords, and the topics are among them; take data.stopwords()
from collections import Counter

cleaner = TextPreprocessor(list(string.punctuation))
words = Counter(word for row in train for text in row for word in cleaner(text).split())
text_preprocessor = TextPreprocessor(
    list(string.punctuation), min_word_length=3, stopwords={word for word, count in words.most_common(500)}
)


# %% lift stemmed_words
# hint: stems such as `instal` have no vector; leave the words whole
from nltk.stem import PorterStemmer

stemmer = PorterStemmer()
cleaner = TextPreprocessor(list(string.punctuation), min_word_length=3, stopwords=data.stopwords())


def text_preprocessor(text):
    return " ".join(stemmer.stem(word) for word in cleaner(text).split())


# %% lift punctuation_in_one_string
# hint: [string.punctuation] is a list of one long string; write list(string.punctuation)
text_preprocessor = TextPreprocessor([string.punctuation], min_word_length=3, stopwords=data.stopwords())


# %% lift stopwords_given_as_length
# hint: the second argument is min_word_length, not the stopwords; name the arguments, stopwords=data.stopwords()
text_preprocessor = TextPreprocessor(list(string.punctuation), data.stopwords())


# %% lift list_of_words
# hint: a list of words comes back, and the Embedder wants a text; join the words by a space
cleaner = TextPreprocessor(list(string.punctuation), min_word_length=3, stopwords=data.stopwords())


def text_preprocessor(text):
    return cleaner(text).split()


# %% lift constant_embedder
# hint: this Embedder gives every text the same vector, so all candidates tie, and ties count against it; average the vectors of the words
class Embedder:
    def __init__(self, embeddings, dim):
        self.dim = dim

    def __call__(self, text, normalize=False):
        return np.ones(self.dim)


text_preprocessor = TextPreprocessor(list(string.punctuation), min_word_length=3, stopwords=data.stopwords())
