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
# hint: the function returns None: printing is not returning; end it with return
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
# hint: an unknown word ends in a KeyError; ask whether the embeddings have it first, and skip it if not
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
# hint: this divides by the sum of absolute values; the Euclidean length is the root of the sum of squares
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
# hint: normalize=True changes nothing; divide the mean by its Euclidean length then
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


# %% embedder only_unknown_words_stay_zeros
# hint: words that cancel out have the mean 0, and dividing it by its length gives nan; ask for the length, not for the words
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        if len(vectors) == 0:
            return np.zeros(self.dim)
        mean = np.mean(vectors, axis=0)
        if normalize:
            mean = mean / np.linalg.norm(mean)
        return mean


# %% embedder short_vectors_not_normalized
# hint: a vector shorter than 1 is left as it is, as if by max(length, 1); divide by every length above 0
class Embedder:
    def __init__(self, embeddings, dim):
        self.embeddings = embeddings
        self.dim = dim

    def __call__(self, text, normalize=False):
        vectors = [self.embeddings[word] for word in text.split() if word in self.embeddings]
        mean = np.mean(vectors, axis=0) if vectors else np.zeros(self.dim)
        if normalize:
            mean = mean / max(np.linalg.norm(mean), 1)
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
# hint: a list cannot be compared with a number; make an array of it first, or compare one count at a time
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


# %% scorer lengths_of_at_least_one
# hint: a length below 1 is taken for 1, so short vectors lose; divide by every length above 0
class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def cosine(self, a, b):
        return a @ b / (max(np.linalg.norm(a), 1) * max(np.linalg.norm(b), 1))

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
# hint: the comparison is the wrong way round; words of min_word_length letters and more stay
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


# %% split_vocabulary swapped
# hint: the two lists are exchanged; the known words come first
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return unknown, known


# %% split_vocabulary order_of_first_occurrence
# hint: the words stand in the order in which they first occur; sort both lists
def split_vocabulary(texts, embeddings):
    words = {}
    for text in texts:
        words.update(dict.fromkeys(text.split()))
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    return known, unknown


# %% split_vocabulary sorted_backwards
# hint: the lists are sorted from z to a; sort them from a to z
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(word for word in words if word in embeddings)[::-1]
    unknown = sorted(word for word in words if word not in embeddings)[::-1]
    return known, unknown


# %% split_vocabulary sorted_by_length
# hint: the words are sorted by length; sort them by the alphabet, without a key
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(sorted(word for word in words if word in embeddings), key=len)
    unknown = sorted(sorted(word for word in words if word not in embeddings), key=len)
    return known, unknown


# %% split_vocabulary repeated_words_kept
# hint: a word that occurs twice is listed twice; collect the words in a set
def split_vocabulary(texts, embeddings):
    words = []
    for text in texts:
        words.extend(text.split())
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary only_unknown_words_repeated
# hint: an unknown word is added each time that it occurs; let each be there once, as for the known ones
def split_vocabulary(texts, embeddings):
    known, unknown = [], []
    for text in texts:
        for word in text.split():
            if word in embeddings:
                if word not in known:
                    known.append(word)
            else:
                unknown.append(word)
    return sorted(known), sorted(unknown)


# %% split_vocabulary sets_returned
# hint: these are sets, which have no order; return two sorted lists
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = {word for word in words if word in embeddings}
    unknown = {word for word in words if word not in embeddings}
    return known, unknown


# %% split_vocabulary letters_instead_of_words
# hint: iterating over a text gives its letters; take text.split()
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text)
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary texts_taken_for_words
# hint: whole texts are looked up; split each text into words
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.add(text)
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary split_at_each_space
# hint: split(" ") makes an empty word of an empty text; use split() without an argument
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split(" "))
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary lower_cased
# hint: the words are lower-cased; take them as they are written
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.lower().split())
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary all_words_of_the_embeddings
# hint: these are all words that have a vector; keep those that occur in the texts
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(embeddings.index_to_key)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary notebook_vectors
# hint: the notebook's wv_embeddings are asked here; ask the argument `embeddings`
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(word for word in words if word in wv_embeddings)
    unknown = sorted(word for word in words if word not in wv_embeddings)
    return known, unknown


# %% split_vocabulary first_text_only
# hint: return stands inside the loop, so only the first text is read; move it behind the loop
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
        known = sorted(word for word in words if word in embeddings)
        unknown = sorted(word for word in words if word not in embeddings)
        return known, unknown


# %% split_vocabulary last_text_only
# hint: the set is made anew for each text, so only the last one counts; make it once, before the loop
def split_vocabulary(texts, embeddings):
    for text in texts:
        words = set(text.split())
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary numbers_instead_of_lists
# hint: these are numbers of words; return the two lists themselves
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return len(known), len(unknown)


# %% split_vocabulary known_words_only
# hint: only the known words come back; return both lists
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known


# %% split_vocabulary one_joined_list
# hint: both lists are joined into one; return two lists, known and unknown
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known + unknown


# %% split_vocabulary rare_words_dropped
# hint: words that occur once are dropped; keep every word
def split_vocabulary(texts, embeddings):
    counts = Counter()
    for text in texts:
        counts.update(text.split())
    words = {word for word, count in counts.items() if count > 1}
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary short_words_dropped
# hint: words of up to three letters are dropped; keep every word
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(word for word in text.split() if len(word) > 3)
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    return known, unknown


# %% split_vocabulary words_with_counts
# hint: these are dictionaries with counts; return sorted lists of words
def split_vocabulary(texts, embeddings):
    words = Counter()
    for text in texts:
        words.update(text.split())
    known = {word: words[word] for word in sorted(words) if word in embeddings}
    unknown = {word: words[word] for word in sorted(words) if word not in embeddings}
    return known, unknown


# %% split_vocabulary printed_not_returned
# hint: the function returns None: printing is not returning; end it with return
def split_vocabulary(texts, embeddings):
    words = set()
    for text in texts:
        words.update(text.split())
    known = sorted(word for word in words if word in embeddings)
    unknown = sorted(word for word in words if word not in embeddings)
    print(known[:3], unknown[:3])


# %% trigram_tokenizer no_marks
# hint: the word is cut without its marks; put # before and after it first
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer last_trigram_missing
# hint: the last trigram is missing: put # after the word too, and let the window run to the end
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer mark_only_after
# hint: the first trigram is missing, as if # stood only after the word; put one before it as well
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer two_marks_at_each_end
# hint: two marks stand at each end; put one # before the word and one after it
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "##" + word + "##"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer angle_brackets_as_marks
# hint: the ends are marked with < and >; mark both with #
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "<" + word + ">"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer two_letter_edges
# hint: the edges are pieces of two, '#w' and 'e#'; mark the word first and then cut it into threes only
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        return ["#" + word[0]] + [word[i : i + 3] for i in range(len(word) - 2)] + [word[-1] + "#"]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer window_runs_over_the_end
# hint: the window runs past the end and leaves pieces of two letters and one; stop where three letters are left
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word))]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer window_jumps_by_three
# hint: the window moves by three letters; move it by one, so that pieces overlap
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(0, len(word) - 2, 3)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer bigrams
# hint: these are pieces of two letters; a trigram has three
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 2] for i in range(len(word) - 1)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer tuples_of_letters
# hint: a trigram is a tuple of three letters here; make it a text of three letters
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return list(zip(word, word[1:], word[2:]))

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer repeats_dropped
# hint: a trigram that occurs twice in the word is listed once; keep repeats
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return list(dict.fromkeys(word[i : i + 3] for i in range(len(word) - 2)))

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer trigrams_of_a_word_sorted
# hint: the trigrams of a word are sorted; keep them in the order of the word
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return sorted(word[i : i + 3] for i in range(len(word) - 2))

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer short_words_left_whole
# hint: words of one or two letters come back whole; mark and cut them like all others
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        if len(word) < 3:
            return [word]
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer short_words_without_trigrams
# hint: words of one or two letters get no trigrams; with # at both ends they have some
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        if len(word) < 3:
            return []
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer numbered_in_another_order
# hint: the trigrams are numbered in another order, perhaps that of a set; number them in sorted order
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams, key=lambda trigram: trigram[::-1]))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer numbered_by_first_occurrence
# hint: the trigrams are numbered as they come; collect all first, sort them, then number them
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = {}
        for word in words:
            trigrams.update(dict.fromkeys(self._get_trigrams(word)))
        self.index = {trigram: number for number, trigram in enumerate(trigrams)}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer numbered_by_frequency
# hint: the commonest trigram has number 0 here; number them in sorted order
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = Counter()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, (trigram, _) in enumerate(trigrams.most_common())}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer numbered_from_1
# hint: the numbers start at 1; start at 0, or the last one falls out of the table
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams), 1)}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer numbered_with_repeats
# hint: repeated trigrams take several numbers; number the different ones, from a set
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = []
        for word in words:
            trigrams.extend(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer unknown_as_minus_one
# hint: an unknown trigram becomes -1, which no table has; leave it out
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index.get(trigram, -1) for trigram in self._get_trigrams(word)]


# %% trigram_tokenizer unknown_as_0
# hint: an unknown trigram becomes 0, the number of a real one; leave it out
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index.get(trigram, 0) for trigram in self._get_trigrams(word)]


# %% trigram_tokenizer unknown_as_none
# hint: an unknown trigram becomes None; leave it out
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index.get(trigram) for trigram in self._get_trigrams(word)]


# %% trigram_tokenizer unknown_as_last_index
# hint: an unknown trigram becomes vocab_size, one more than the table has rows; leave it out
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index.get(trigram, self.vocab_size) for trigram in self._get_trigrams(word)]


# %% trigram_tokenizer key_error_on_unknown
# hint: an unknown trigram raises a KeyError; ask whether it has an index, and leave it out if not
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word)]


# %% trigram_tokenizer stops_at_the_first_unknown
# hint: the loop ends at the first unknown trigram; go on with the next one instead
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        ids = []
        for trigram in self._get_trigrams(word):
            if trigram not in self.index:
                break
            ids.append(self.index[trigram])
        return ids


# %% trigram_tokenizer unknown_numbered_at_the_call
# hint: an unknown trigram gets a new number when it is met; number only those of `words`, and leave the others out
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index.setdefault(trigram, len(self.index)) for trigram in self._get_trigrams(word)]


# %% trigram_tokenizer vocab_size_is_a_method
# hint: vocab_size has lost its @property; put it back, for it is used without parentheses
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer vocab_size_one_more
# hint: vocab_size counts one more than there are; nothing is reserved for unknown trigrams
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index) + 1

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer vocab_size_is_the_largest_index
# hint: this is the largest index; since numbers start at 0 there is one more
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return max(self.index.values())

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer vocab_size_counts_words
# hint: this is the number of words; count the different trigrams
class TrigramTokenizer:
    def __init__(self, words):
        self.words = words
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.words)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer trigrams_instead_of_indices
# hint: the call returns the trigrams themselves; return their indices
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [trigram for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_tokenizer indices_sorted
# hint: the indices of a word are sorted; keep the order of its trigrams
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigrams))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return sorted(self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index)


# %% trigram_tokenizer marks_not_indexed
# hint: trigrams with # are kept out of the index; they count like all others
class TrigramTokenizer:
    def __init__(self, words):
        trigrams = set()
        for word in words:
            trigrams.update(self._get_trigrams(word))
        self.index = {trigram: number for number, trigram in enumerate(sorted(trigram for trigram in trigrams if "#" not in trigram))}

    @property
    def vocab_size(self):
        return len(self.index)

    def _get_trigrams(self, word):
        word = "#" + word + "#"
        return [word[i : i + 3] for i in range(len(word) - 2)]

    def __call__(self, word):
        return [self.index[trigram] for trigram in self._get_trigrams(word) if trigram in self.index]


# %% trigram_dataset empty_lists_are_float
# hint: a tensor of an empty list is float32 unless told otherwise; say dtype=torch.int64
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word)) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset indices_are_float
# hint: the indices are floats, and no table can be indexed by them; make them int64
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.Tensor(tri_tokenizer(word)) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset indices_are_int32
# hint: the indices are int32; make them int64
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int32) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset list_of_indices
# hint: the indices are a list; make them an int64 tensor
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset array_for_a_vector
# hint: the vector is still a numpy array; make it a float32 tensor
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [w2v_embeddings[word] for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset neither_is_a_tensor
# hint: an array and a list come back; make both of them tensors
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [w2v_embeddings[word] for word in vocab]
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset vectors_are_float64
# hint: the vector is float64, and the model's vectors are float32; make it float32
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word], dtype=torch.float64) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset vectors_are_whole_numbers
# hint: the vector is cut to whole numbers; int64 is for the indices, float32 for the vector
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word], dtype=torch.int64) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset swapped
# hint: the indices come first here; return the vector, then the indices
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx], self.vectors[idx]


# %% trigram_dataset vectors_are_rows
# hint: the vector has the shape (1, D); give it the shape (D,)
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]).unsqueeze(0) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset vectors_of_length_one
# hint: the vectors are divided by their length; leave them as they are
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings.get_vector(word, norm=True)) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset place_in_the_embeddings
# hint: the vector is taken by its place in the embeddings; take that of the word vocab[idx]
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.embeddings = torch.tensor(w2v_embeddings.vectors)
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.embeddings[idx], self.trigrams[idx]


# %% trigram_dataset vocab_sorted
# hint: the words are sorted, and item i is not vocab[i] any more; keep the order of vocab
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        vocab = sorted(vocab)
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset words_without_trigrams_dropped
# hint: words without a known trigram are dropped; every word of vocab has an item
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        vocab = [word for word in vocab if tri_tokenizer(word)]
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset only_empty_index_lists_dropped
# hint: empty index lists are dropped and their vectors are not, so items after them are misaligned; keep them all
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab if tri_tokenizer(word)]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset tokenized_in_getitem
# hint: the word is tokenized again each time an item is asked; do it once for all words in __init__
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.vocab = vocab
        self.tri_tokenizer = tri_tokenizer

    def __len__(self):
        return len(self.vocab)

    def __getitem__(self, idx):
        return self.vectors[idx], torch.tensor(self.tri_tokenizer(self.vocab[idx]), dtype=torch.int64)


# %% trigram_dataset all_tokenized_at_every_item
# hint: all words are tokenized again for each item; do that once, in __init__
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.vocab = vocab
        self.tri_tokenizer = tri_tokenizer

    def __len__(self):
        return len(self.vocab)

    def __getitem__(self, idx):
        trigrams = [torch.tensor(self.tri_tokenizer(word), dtype=torch.int64) for word in self.vocab]
        return self.vectors[idx], trigrams[idx]


# %% trigram_dataset length_of_the_notebook_words
# hint: the length is that of the notebook's known_words; take that of the argument vocab
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(known_words)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset length_is_vocab_size
# hint: this is the number of trigrams; the length is the number of words
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.size = tri_tokenizer.vocab_size
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return self.size

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset length_missing
# hint: __len__ is missing; a DataLoader asks for it
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset dictionary_as_item
# hint: an item is a dictionary; return a pair, the vector and the indices
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return {"vector": self.vectors[idx], "trigrams": self.trigrams[idx]}


# %% trigram_dataset word_comes_along
# hint: the word itself comes first; return two tensors, vector and indices
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vocab = vocab
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vocab[idx], self.vectors[idx], self.trigrams[idx]


# %% trigram_dataset vector_only
# hint: only the vector comes back; return the pair of vector and indices
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx]


# %% trigram_dataset padded_indices
# hint: the index lists are padded to one length with a real index; leave them of different length
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        width = max(len(trigrams) for trigrams in self.trigrams)
        return self.vectors[idx], F.pad(self.trigrams[idx], (0, width - len(self.trigrams[idx])))


# %% trigram_dataset number_of_trigrams
# hint: this is how many trigrams the word has; return their indices
class TrainTrigramDataset(Dataset):
    def __init__(self, vocab, w2v_embeddings, tri_tokenizer):
        self.vectors = [torch.tensor(w2v_embeddings[word]) for word in vocab]
        self.trigrams = [torch.tensor([len(tri_tokenizer(word))], dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.vectors[idx], self.trigrams[idx]


# %% collate ends_instead_of_starts
# hint: these are the ends of the lists; note the length before you extend the list, so that the first offset is 0
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        flat.extend(trigrams.tolist())
        offsets.append(len(flat))
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate one_offset_too_many
# hint: there are B + 1 offsets; the last list reaches to the end, so leave the last one out
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], [0]
    for _, trigrams in batch:
        flat.extend(trigrams.tolist())
        offsets.append(len(flat))
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate lengths_instead_of_offsets
# hint: these are the lengths of the lists; add up the lengths of all lists before
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(trigrams))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate lengths_moved_by_one
# hint: this is the length of the list before only; add up the lengths of all lists before
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], [0]
    for _, trigrams in batch:
        offsets.append(len(trigrams))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets[:-1], dtype=torch.int64)


# %% collate index_of_the_last_element
# hint: this is where a list ends, less one; an offset is where it starts
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        flat.extend(trigrams.tolist())
        offsets.append(len(flat) - 1)
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate number_of_the_item
# hint: the offsets count items; count the indices before the item instead
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(offsets))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate item_of_each_index
# hint: this says for each index to which item it belongs; give for each item where its list starts
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets, vectors_seen = [], [], []
    for _, trigrams in batch:
        offsets.extend([len(vectors_seen)] * len(trigrams))
        vectors_seen.append(trigrams)
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate float_when_all_are_empty
# hint: a tensor of an empty list is float32 unless told otherwise; say dtype=torch.int64
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat), torch.tensor(offsets, dtype=torch.int64)


# %% collate indices_always_float
# hint: the indices are floats; make them int64
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.Tensor(flat), torch.tensor(offsets, dtype=torch.int64)


# %% collate offsets_are_float
# hint: the offsets are floats; make them int64
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.float32)


# %% collate offsets_are_int32
# hint: the offsets are int32 and the indices int64; make both int64
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int32)


# %% collate lists_returned
# hint: indices and offsets are lists; make tensors of them
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, flat, offsets


# %% collate offsets_are_a_list
# hint: the offsets are a list; make a tensor of them
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), offsets


# %% collate vectors_are_a_list
# hint: the vectors are a list; stack them to a matrix (B, D)
def collate_fn(batch):
    vectors = [vector for vector, _ in batch]
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate vectors_in_one_row
# hint: cat joins the vectors to one long row; stack makes them the rows of a matrix (B, D)
def collate_fn(batch):
    vectors = torch.cat([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate vectors_as_columns
# hint: the vectors are the columns of the matrix; let them be its rows, (B, D)
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch], dim=1)
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate vectors_are_float64
# hint: the vectors have become float64; keep float32
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch]).double()
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate empty_items_dropped
# hint: items without an index are dropped; they keep their vector and get an offset
def collate_fn(batch):
    batch = [(vector, trigrams) for vector, trigrams in batch if len(trigrams) > 0]
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate no_offset_for_an_empty_item
# hint: an item without an index gets no offset; it starts where the next one starts
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        if len(trigrams) > 0:
            offsets.append(len(flat))
            flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate real_index_for_an_empty_item
# hint: an empty list gets the index 0, which is a real trigram; leave it empty
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist() or [0])
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate padded_indices
# hint: the lists are padded with 0, which is the index of a real trigram; write them one after the other, without padding
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    width = max(len(trigrams) for _, trigrams in batch)
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(F.pad(trigrams, (0, width - len(trigrams))).tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate padded_matrix
# hint: this is a padded matrix; write the lists one after the other into one flat tensor
from torch.nn.utils.rnn import pad_sequence


def collate_fn(batch):
    vectors, trigrams = zip(*batch)
    lengths = torch.tensor([0] + [len(ids) for ids in trigrams[:-1]])
    return torch.stack(vectors), pad_sequence(trigrams, batch_first=True), lengths.cumsum(0)


# %% collate offsets_before_indices
# hint: indices and offsets are exchanged; the order is vectors, indices, offsets
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(offsets, dtype=torch.int64), torch.tensor(flat, dtype=torch.int64)


# %% collate indices_first
# hint: the vectors come last here; the order is vectors, indices, offsets
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64), vectors


# %% collate dictionary_returned
# hint: a dictionary comes back; return three tensors in the order vectors, indices, offsets
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return {"vectors": vectors, "indices": torch.tensor(flat, dtype=torch.int64), "offsets": torch.tensor(offsets, dtype=torch.int64)}


# %% collate offsets_missing
# hint: only vectors and indices come back; the offsets are the third
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, torch.tensor(flat, dtype=torch.int64)


# %% collate indices_sorted_within_a_list
# hint: the indices of a list are sorted and repeats are gone; keep them as they are
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(sorted(set(trigrams.tolist())))
    return vectors, torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% collate indices_not_flat
# hint: the indices are a list of tensors; join them to one flat tensor
def collate_fn(batch):
    vectors = torch.stack([vector for vector, _ in batch])
    flat, offsets = [], []
    for _, trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams.tolist())
    return vectors, [trigrams for _, trigrams in batch], torch.tensor(offsets, dtype=torch.int64)


# %% trigram_model mean_of_the_vectors
# hint: nn.EmbeddingBag takes the mean unless told otherwise; say mode="sum"
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model maximum_of_the_vectors
# hint: this is the largest number of each column; say mode="sum"
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="max")

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model index_0_as_padding
# hint: index 0 is taken for padding and counts nothing; it is a trigram like the others, so leave padding_idx out
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum", padding_idx=0)

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model row_for_unknown_trigrams
# hint: the table has a row too many; unknown trigrams never get here, so take num_embeddings rows
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings + 1, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model table_transposed
# hint: rows and columns of the table are exchanged; it has num_embeddings rows of embedding_dim
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(embedding_dim, num_embeddings, mode="sum")

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model sizes_not_kept
# hint: num_embeddings and embedding_dim are not kept; store both in self
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model sizes_swapped
# hint: the two attributes are exchanged; num_embeddings counts trigrams, embedding_dim is D
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = embedding_dim
        self.embedding_dim = num_embeddings
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model offsets_ignored
# hint: the offsets are not used, so each trigram stays a row of its own; add up the rows of each word
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        return self.bag(trigrams)


# %% trigram_model one_sum_over_all
# hint: all words of the batch are added up to one vector; give one vector for each offset
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        return self.bag(trigrams).sum(dim=0)


# %% trigram_model offsets_taken_for_ends
# hint: the offsets are read as ends of the lists; they are the starts
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        rows = self.bag(trigrams)
        starts = [0] + offsets.tolist()[:-1]
        return torch.stack([rows[start:end].sum(dim=0) for start, end in zip(starts, offsets.tolist())])


# %% trigram_model last_bag_missing
# hint: the last word has no next offset and gets lost; it reaches to the end of the indices
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        rows = self.bag(trigrams)
        bounds = offsets.tolist()
        return torch.stack([rows[start:end].sum(dim=0) for start, end in zip(bounds, bounds[1:])])


# %% trigram_model empty_bags_dropped
# hint: a word without trigrams gets no row; its vector is 0, and it keeps its place
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        rows = self.bag(trigrams)
        bounds = offsets.tolist() + [len(trigrams)]
        return torch.stack([rows[start:end].sum(dim=0) for start, end in zip(bounds, bounds[1:]) if end > start])


# %% trigram_model nan_for_an_empty_bag
# hint: this is the mean, and that of an empty list is nan; take the sum, which is 0 then
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        rows = self.bag(trigrams)
        bounds = offsets.tolist() + [len(trigrams)]
        return torch.stack([rows[start:end].mean(dim=0) for start, end in zip(bounds, bounds[1:])])


# %% trigram_model reduceat_on_empty_bags
# hint: np.add.reduceat gives an empty list the next row, and numpy cuts the gradients; stay in torch
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        rows = self.bag(trigrams).detach().numpy()
        return torch.tensor(np.add.reduceat(rows, offsets.numpy(), axis=0))


# %% trigram_model detached
# hint: detach() cuts the result off from the table, which then never learns; leave it out
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets).detach()


# %% trigram_model vectors_of_length_one
# hint: the sums are divided by their length; return them as they are
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        return F.normalize(self.bag(trigrams, offsets), dim=1)


# %% trigram_model divided_by_the_root_of_the_length
# hint: the sum is divided by the root of the number of trigrams; return the sum itself
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        lengths = torch.diff(offsets, append=torch.tensor([len(trigrams)]))
        return self.bag(trigrams, offsets) / lengths.clamp(min=1).sqrt()[:, None]


# %% trigram_model bias_added
# hint: a bias is one more weight than asked, and gives words without trigrams a vector; hold the table only
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")
        self.bias = nn.Parameter(torch.full((embedding_dim,), 0.1))

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets) + self.bias


# %% trigram_model linear_layer_added
# hint: a linear layer stands behind the table; the vector of a word is the sum itself
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")
        self.linear = nn.Linear(embedding_dim, embedding_dim)
        nn.init.eye_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, trigrams, offsets):
        return self.linear(self.bag(trigrams, offsets))


# %% trigram_model squashed_by_tanh
# hint: tanh squeezes the vectors between -1 and 1; return the sum itself
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        return torch.tanh(self.bag(trigrams, offsets))


# %% trigram_model negative_numbers_cut
# hint: relu sets negative numbers to 0; return the sum itself
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        return torch.relu(self.bag(trigrams, offsets))


# %% trigram_model gradient_scaled_by_frequency
# hint: scale_grad_by_freq divides the gradients of frequent trigrams; leave it out
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum", scale_grad_by_freq=True)

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model rows_cut_to_length_one
# hint: max_norm shortens the rows of the table; leave it out
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum", max_norm=1.0)

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets)


# %% trigram_model table_is_no_parameter
# hint: the table is a plain tensor, which no optimizer sees; use nn.EmbeddingBag or nn.Parameter
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.table = torch.zeros(num_embeddings, embedding_dim)

    def forward(self, trigrams, offsets):
        return F.embedding_bag(trigrams, self.table, offsets, mode="sum")


# %% trigram_model arguments_swapped
# hint: offsets and indices are exchanged; forward gets the indices first
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, offsets, trigrams):
        return self.bag(trigrams, offsets)


# %% trigram_model column_for_each_word
# hint: the result has a column for each word; it has a row for each word, (B, D)
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        return self.bag(trigrams, offsets).T


# %% trigram_model forward_returns_nothing
# hint: forward computes the vectors and returns None; write return
class TrigramModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, trigrams, offsets):
        self.bag(trigrams, offsets)


# %% trainer mean_over_batches
# hint: this is the mean over batches; weigh the loss of each batch with its number of words
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item()
            words += 1
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer sum_over_batches
# hint: the losses of the batches are added up and never divided; take the mean over the words
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item()
        return total

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer sum_over_words
# hint: the losses of all words are added up; divide by the number of words
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer weighted_sum_over_number_of_batches
# hint: the weighted sum is divided by the number of batches; divide by the number of words
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / len(dataloader)

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer batch_means_over_number_of_words
# hint: batch losses are divided by the number of words without being weighed; multiply each by its number of words
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item()
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer weighed_by_trigrams
# hint: a batch is weighed by its number of trigrams; weigh it by its number of words
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(trigrams)
            words += len(trigrams)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer first_batch_sets_the_weight
# hint: every batch is weighed like the first one, and the last may be smaller; use its own number of words
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words, size = 0.0, 0, None
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            size = size or len(vectors)
            total += loss.item() * size
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer loss_without_item
# hint: the losses are tensors and keep the graph of every batch; add loss.item()
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer loss_as_text
# hint: the losses are formatted texts; keep numbers, and format them only where you print
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return f"{total / words:.5f}"

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer loss_rounded
# hint: the losses are rounded to two digits; keep them whole, and round only where you print
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return round(total / words, 2)

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer last_batch_only
# hint: this is the loss of the last batch; take the mean over the words of all batches
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return loss.item()

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer return_inside_the_loop
# hint: return stands inside the loop, so only the first batch is trained on; move it behind the loop
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
            return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer root_of_the_loss
# hint: this is the root of the mean; return the mean loss itself
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return (total / words) ** 0.5

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer no_zero_grad
# hint: gradients of earlier batches add up; clear them before each batch
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer zero_grad_once_an_epoch
# hint: gradients are cleared once an epoch; clear them before each batch
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        self.optimizer.zero_grad()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer weights_never_change
# hint: the weights never change: after backward comes a step, and nothing clears the gradients between the two
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer step_one_batch_late
# hint: the step is taken before backward, with the gradients of the batch before; take it after backward
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            self.optimizer.step()
            self.optimizer.zero_grad()
            loss.backward()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer one_step_an_epoch
# hint: there is one step in an epoch, behind the loop; take one for each batch
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        self.optimizer.zero_grad()
        for vectors, trigrams, offsets in dataloader:
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            total += loss.item() * len(vectors)
            words += len(vectors)
        self.optimizer.step()
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer two_steps_a_batch
# hint: each batch takes two steps; take one
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer model_stays_in_evaluation
# hint: the model is never switched to training mode; do that before the batches
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer training_mode_too_late
# hint: the mode is switched after the first batch has gone through; switch before the loop
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            self.model.train()
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer running_total_over_epochs
# hint: total and words go on over the epochs; start them anew in each epoch
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer
        self.total, self.words = 0.0, 0

    def _train_step(self, dataloader):
        self.model.train()
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            self.total += loss.item() * len(vectors)
            self.words += len(vectors)
        return self.total / self.words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer total_never_reset
# hint: the total of earlier epochs is still in the sum; start it anew in each epoch
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer
        self.total = 0.0

    def _train_step(self, dataloader):
        self.model.train()
        words = 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            self.total += loss.item() * len(vectors)
            words += len(vectors)
        return self.total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer history_kept_in_the_list_of_batches
# hint: train returns a loss for each batch; return one for each epoch
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
            self.batch_losses.append(loss.item())
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        self.batch_losses = losses
        for epoch in range(n_epochs):
            self._train_step(dataloader)
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer last_epoch_only
# hint: train returns the loss of the last epoch; return the list of all
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses[-1]


# %% trainer losses_not_returned
# hint: train returns None; return the list of losses
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])


# %% trainer losses_kept_only_when_verbose
# hint: a loss is kept only with verbose=True; append it always, and print it then
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            loss = self._train_step(dataloader)
            if verbose:
                losses.append(loss)
                print(epoch, loss)
        return losses


# %% trainer another_epoch_when_verbose
# hint: with verbose=True each epoch is trained twice, the second time for print; keep the loss in a variable
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, self._train_step(dataloader))
        return losses


# %% trainer one_epoch_less
# hint: an epoch is missing, as with range(1, n_epochs); use range(n_epochs)
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(1, n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer one_epoch_more
# hint: there is one epoch too many; use range(n_epochs)
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs + 1):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer one_epoch_always
# hint: n_epochs is not used; repeat the pass n_epochs times
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(1):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer pairs_of_epoch_and_loss
# hint: each entry is a pair of epoch and loss; return the losses alone
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append((epoch, self._train_step(dataloader)))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer optimizer_of_its_own
# hint: the class makes an Adam of its own; use the optimizer that it is given
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% trainer loss_measured_after_the_step
# hint: the loss is measured anew after the step; report that from which the step was computed
class Trainer:
    def __init__(self, model, criterion, optimizer):
        self.model = model
        self.criterion = criterion
        self.optimizer = optimizer

    def _train_step(self, dataloader):
        self.model.train()
        total, words = 0.0, 0
        for vectors, trigrams, offsets in dataloader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            loss.backward()
            self.optimizer.step()
            loss = self.criterion(self.model(trigrams, offsets), vectors)
            total += loss.item() * len(vectors)
            words += len(vectors)
        return total / words

    def train(self, dataloader, n_epochs, verbose=False):
        losses = []
        for epoch in range(n_epochs):
            losses.append(self._train_step(dataloader))
            if verbose:
                print(epoch, losses[-1])
        return losses


# %% inference words_without_trigrams_dropped
# hint: words without a known trigram are dropped, and every word after them is shifted; keep them
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab if tri_tokenizer(word)]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference no_offset_for_an_empty_word
# hint: a word without a known trigram gets no offset, and the words after it are shifted; it starts where the next one starts
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        if trigrams:
            offsets.append(len(flat))
            flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference real_index_for_an_empty_word
# hint: a word without a known trigram gets the index 0, which is a real trigram; leave its list empty
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) or [0] for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference ends_instead_of_starts
# hint: these are the ends of the lists; note the length before you extend the list, so that the first offset is 0
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        flat.extend(trigrams)
        offsets.append(len(flat))
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference one_offset_too_many
# hint: there is an offset more than words; the last list reaches to the end, so leave the last one out
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], [0]
    for trigrams in batch:
        flat.extend(trigrams)
        offsets.append(len(flat))
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference lengths_instead_of_offsets
# hint: these are the lengths of the lists; add up the lengths of all lists before
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(trigrams))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference lengths_moved_by_one
# hint: this is the length of the list before only; add up the lengths of all lists before
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], [0]
    for trigrams in batch:
        offsets.append(len(trigrams))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets[:-1], dtype=torch.int64)


# %% inference number_of_the_word
# hint: the offsets count words; count the indices before the word instead
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(offsets))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference float_when_all_are_empty
# hint: a tensor of an empty list is float32 unless told otherwise; say dtype=torch.int64
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat), torch.tensor(offsets, dtype=torch.int64)


# %% inference indices_always_float
# hint: the indices are floats; make them int64
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.Tensor(flat), torch.tensor(offsets, dtype=torch.int64)


# %% inference offsets_are_int32
# hint: the offsets are int32 and the indices int64; make both int64
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int32)


# %% inference lists_returned
# hint: indices and offsets are lists; make int64 tensors of them
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return flat, offsets


# %% inference offsets_before_indices
# hint: indices and offsets are exchanged; return the indices first
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(offsets, dtype=torch.int64), torch.tensor(flat, dtype=torch.int64)


# %% inference offsets_missing
# hint: only the indices come back; return the offsets as well
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64)


# %% inference vectors_come_along
# hint: three tensors come back; unknown words have no vectors, so return indices and offsets only
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.zeros(len(batch), 4), torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference dictionary_returned
# hint: a dictionary comes back; return two tensors, indices and offsets
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return {"indices": torch.tensor(flat, dtype=torch.int64), "offsets": torch.tensor(offsets, dtype=torch.int64)}


# %% inference padded_indices
# hint: the lists are padded with 0, the index of a real trigram; write them one after the other, without padding
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    width = max(len(trigrams) for trigrams in batch)
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams + [0] * (width - len(trigrams)))
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference padded_matrix
# hint: this is a padded matrix; write the lists one after the other into one flat tensor
from torch.nn.utils.rnn import pad_sequence


class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [torch.tensor(tri_tokenizer(word), dtype=torch.int64) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    lengths = torch.tensor([0] + [len(trigrams) for trigrams in batch[:-1]])
    return pad_sequence(batch, batch_first=True), lengths.cumsum(0)


# %% inference notebook_tokenizer
# hint: the class asks the notebook's tri_tokenizer; ask the one that it is given
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference notebook_words
# hint: the notebook's unknown_words are taken here; take the argument vocab
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in unknown_words]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference repeated_indices_dropped
# hint: repeated indices of a word are dropped and the rest is sorted; keep them as they are
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [sorted(set(tri_tokenizer(word))) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference vocab_sorted
# hint: the words are sorted, and item i is not vocab[i] any more; keep the order of vocab
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in sorted(vocab)]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference length_missing
# hint: __len__ is missing; a DataLoader asks for it
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference words_sorted_by_number_of_trigrams
# hint: the words of a batch are sorted by their number of trigrams; keep their order
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    batch = sorted(batch, key=len, reverse=True)
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% inference indices_not_flat
# hint: the indices are a list of lists; join them to one flat tensor
class InferenceTrigramDataset(Dataset):
    def __init__(self, vocab, tri_tokenizer):
        self.trigrams = [tri_tokenizer(word) for word in vocab]

    def __len__(self):
        return len(self.trigrams)

    def __getitem__(self, idx):
        return self.trigrams[idx]


def inference_collate_fn(batch):
    flat, offsets = [], []
    for trigrams in batch:
        offsets.append(len(flat))
        flat.extend(trigrams)
    return batch, torch.tensor(offsets, dtype=torch.int64)


# %% complete_vectors model_for_all_words
# hint: known words get the model's vector as well; keep their pretrained one
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = list(words)
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors unknown_words_only
# hint: the known words are missing; start with their pretrained vectors
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors known_words_only
# hint: the unknown words are missing; add the model's vectors for them
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        continue
    return vectors


# %% complete_vectors zeros_for_unknown_words
# hint: unknown words get zeros; give them the model's vectors
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = np.zeros_like(vector)
    return vectors


# %% complete_vectors all_words_of_the_embeddings
# hint: every word that has a vector is in the dictionary; take those of `words` only
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in embeddings.index_to_key}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors no_evaluation_mode
# hint: the model stays in training mode; call model.eval() before inference
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors gradients_kept
# hint: gradients are recorded during inference; put it into `with torch.no_grad():`
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    for trigrams, offsets in loader:
        found.extend(model(trigrams, offsets).detach().numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors no_evaluation_mode_and_gradients
# hint: the model is in training mode and keeps gradients; call model.eval(), and use `with torch.no_grad():`
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    for trigrams, offsets in loader:
        found.extend(model(trigrams, offsets).detach().numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors last_batch_only
# hint: each batch replaces the one before, so only the last one is kept; collect all batches
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found = model(trigrams, offsets).numpy()
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors first_batch_only
# hint: only the first batch is taken from the loader; go through all of them
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        trigrams, offsets = next(iter(loader))
        found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors last_incomplete_batch_dropped
# hint: drop_last=True loses the words of the last batch; leave it out
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, drop_last=True, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors places_counted_anew_in_each_batch
# hint: the place of a word is counted from 0 in each batch, so later batches overwrite the first words; count on
def complete_vectors(words, embeddings, tri_tokenizer, model):
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in words if word in embeddings}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            for i, vector in enumerate(model(trigrams, offsets).numpy()):
                vectors[unknown[i]] = vector
    return vectors


# %% complete_vectors shuffled
# hint: shuffle=True gives the vectors in another order than the words, and fails without unknown words; leave it out
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, shuffle=True, generator=torch.Generator().manual_seed(0), collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors zipped_with_all_words
# hint: the vectors of unknown words are joined with all words; join them with the unknown ones
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(words, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors loader_sorted
# hint: the loader goes through sorted words and zip through unsorted ones; use one order for both
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(sorted(unknown), tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors words_without_trigrams_dropped_and_shifted
# hint: words without a known trigram are dropped before the model, so zip shifts all words after them; keep them
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset([word for word in unknown if tri_tokenizer(word)], tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors words_without_trigrams_missing
# hint: words without a known trigram are missing; they belong into the dictionary, with zeros
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings and tri_tokenizer(word)]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors words_without_trigrams_are_none
# hint: words without a known trigram get None; keep the zeros that the model gives
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector if tri_tokenizer(word) else None
    return vectors


# %% complete_vectors tensors
# hint: the model's vectors are tensors; make them numpy arrays
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets))
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors all_are_tensors
# hint: the vectors are tensors; make them numpy arrays
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: torch.tensor(embeddings[word]) for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets))
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors lists
# hint: the model's vectors are lists; make them numpy arrays of float32
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).tolist())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors float64
# hint: the model's vectors are float64; keep float32
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).double().numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors rows_of_a_matrix
# hint: the model's vectors have the shape (1, D); give them the shape (D,)
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector[None, :]
    return vectors


# %% complete_vectors same_matrix_for_every_word
# hint: the whole matrix of a batch is the value of one word; take one row for each word
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.append(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors vectors_of_length_one
# hint: the model's vectors are divided by their length; leave them as they are
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(F.normalize(model(trigrams, offsets), dim=1).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors known_vectors_of_length_one
# hint: the known vectors are divided by their length; leave them as they are
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings.get_vector(word, norm=True) for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return vectors


# %% complete_vectors fails_without_unknown_words
# hint: cat and concatenate fail on an empty list; there may be no unknown words
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.append(model(trigrams, offsets))
    for word, vector in zip(unknown, torch.cat(found).numpy()):
        vectors[word] = vector
    return vectors


# %% complete_vectors list_of_vectors
# hint: a list of vectors comes back; return a dictionary from word to vector
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector
    return list(vectors.values())


# %% complete_vectors no_dictionary_returned
# hint: no dictionary comes back: perhaps return is missing, or returns two of them; return one, from word to vector
def complete_vectors(words, embeddings, tri_tokenizer, model):
    known = [word for word in words if word in embeddings]
    unknown = [word for word in words if word not in embeddings]
    vectors = {word: embeddings[word] for word in known}
    dataset = InferenceTrigramDataset(unknown, tri_tokenizer)
    loader = DataLoader(dataset, batch_size=64, collate_fn=inference_collate_fn)
    found = []
    model.eval()
    with torch.no_grad():
        for trigrams, offsets in loader:
            found.extend(model(trigrams, offsets).numpy())
    for word, vector in zip(unknown, found):
        vectors[word] = vector


# %% trigram_lift not_trained
# hint: the model was not trained at all: no epochs, or an error before them; take about ten epochs
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=0)


# %% trigram_lift learning_rate_far_too_small
# hint: the learning rate is so small that the model stays where it started; take 0.01 for Adam
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=1e-7, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=3)


# %% trigram_lift learning_rate_far_too_large
# hint: the learning rate is so large that the weights fly about; take 0.01 for Adam
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=100.0, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=3)


# %% trigram_lift weight_decay_far_too_large
# hint: such a weight decay presses all weights to 0; take 0 to 1e-4
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01, weight_decay=10.0)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=3)


# %% trigram_lift vectors_of_other_words
# hint: vectors and trigrams of different words are paired, so there is nothing to learn; keep them aligned
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
vectors, trigrams = zip(*dataset)
pairs = list(zip(vectors[::-1], trigrams))
loader = DataLoader(pairs, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=3)


# %% trigram_lift tokenizer_of_few_words
# hint: the tokenizer knows the trigrams of 20 words only; give it all known_words
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words[:20])
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=3)


# %% trigram_lift trained_on_one_batch
# hint: the model has seen 32 words again and again; train it on all known words
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = [collate_fn([dataset[place] for place in range(32)])]
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=40)


# %% trigram_lift optimizer_of_another_model
# hint: the optimizer holds the weights of an earlier model; make the model first, then the optimizer
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01, weight_decay=1e-5)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=1)


# %% trigram_lift tokenizer_renumbered_after_training
# hint: the tokenizer is made anew on other words after the training, so its numbers mean other trigrams; keep the first one
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=3)
tri_tokenizer = TrigramTokenizer(known_words[:-1000])


# %% trigram_lift weights_start_too_large
# hint: the table starts with numbers near 1, larger than those of the vectors, and stays noise; start with std=0.05
torch.manual_seed(0)
tri_tokenizer = TrigramTokenizer(known_words)
dataset = TrainTrigramDataset(known_words, wv_embeddings, tri_tokenizer)
loader = DataLoader(dataset, batch_size=64, shuffle=True, collate_fn=collate_fn)
trigram_model = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
nn.init.normal_(next(trigram_model.parameters()))
optimizer = torch.optim.Adam(trigram_model.parameters(), lr=0.01, weight_decay=1e-5)
losses = Trainer(trigram_model, nn.MSELoss(), optimizer).train(loader, n_epochs=3)


# %% vocabulary more_than_min_count
# hint: > asks for more than min_count occurrences; a word with exactly min_count belongs in too, so compare with >=
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    return sorted(word for word in counts if counts[word] > min_count)


# %% vocabulary min_count_ignored
# hint: min_count is never read; count the words and leave out those that occur less often
def build_vocabulary(texts, min_count=1):
    words = set()
    for text in texts:
        words.update(text.split())
    return sorted(words)


# %% vocabulary only_exactly_min_count
# hint: == keeps only words that occur exactly min_count times; more often is fine as well
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    return sorted(word for word in counts if counts[word] == min_count)


# %% vocabulary letters_counted
# hint: looping over a text gives its letters; split it into words first
def build_vocabulary(texts, min_count=1):
    counts = Counter()
    for text in texts:
        for word in text:
            counts[word] += 1
    return sorted(word for word in counts if counts[word] >= min_count)


# %% vocabulary not_sorted
# hint: the words stand in the order of their first occurrence; sort them
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    return [word for word in counts if counts[word] >= min_count]


# %% vocabulary commonest_first
# hint: most_common sorts by frequency; the list must be in alphabetical order
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    return [word for word, count in counts.most_common() if count >= min_count]


# %% vocabulary order_of_a_set
# hint: this is the order of a set, another one in each process; a saved model would then be noise, so sort the words
from zlib import crc32


def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    words = {word for word in counts if counts[word] >= min_count}
    return sorted(words, key=lambda word: crc32(word.encode()))


# %% vocabulary set_returned
# hint: this is a set, which has no order; return a sorted list
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    return {word for word in counts if counts[word] >= min_count}


# %% vocabulary words_with_their_counts
# hint: these are pairs of word and count; return the words alone
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    return sorted((word, count) for word, count in counts.items() if count >= min_count)


# %% vocabulary word_to_index
# hint: this is already a dictionary from word to index; here return the list, the dictionary is the tokenizer's
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    words = sorted(word for word in counts if counts[word] >= min_count)
    return {word: place for place, word in enumerate(words)}


# %% vocabulary words_repeated
# hint: a word stands in the list as often as it occurs; each word once
def build_vocabulary(texts, min_count=1):
    words = [word for text in texts for word in text.split()]
    return sorted(word for word in words if words.count(word) >= min_count)


# %% vocabulary unknown_word_added
# hint: <unk> is no word of the texts; the tokenizer leaves unknown words out, so the vocabulary needs no entry for them
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split())
    return ["<unk>"] + sorted(word for word in counts if counts[word] >= min_count)


# %% vocabulary lower_cased
# hint: the texts are lower-cased here; they are clean already, take their words as split() gives them
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.lower().split())
    return sorted(word for word in counts if counts[word] >= min_count)


# %% vocabulary punctuation_removed
# hint: only letters are kept here, so c++ would become c; take the words as split() gives them
import re


def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in re.findall(r"\w+", text))
    return sorted(word for word in counts if counts[word] >= min_count)


# %% vocabulary empty_word
# hint: "".split(" ") is [""], so the empty text adds an empty word; split() without an argument gives []
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for text in texts for word in text.split(" "))
    return sorted(word for word in counts if counts[word] >= min_count)


# %% vocabulary texts_glued
# hint: the texts are joined without a space, which glues the last word of one to the first of the next
def build_vocabulary(texts, min_count=1):
    counts = Counter("".join(texts).split())
    return sorted(word for word in counts if counts[word] >= min_count)


# %% vocabulary first_text_only
# hint: return stands inside the loop, so the words of the first text are all; move it out
def build_vocabulary(texts, min_count=1):
    counts = Counter()
    for text in texts:
        counts.update(text.split())
        return sorted(word for word in counts if counts[word] >= min_count)


# %% vocabulary minimum_in_one_text
# hint: words are counted anew in each text; count over all texts together, then compare
def build_vocabulary(texts, min_count=1):
    words = set()
    for text in texts:
        counts = Counter(text.split())
        words.update(word for word in counts if counts[word] >= min_count)
    return sorted(words)


# %% vocabulary length_of_the_word
# hint: min_count is compared with the number of letters; compare it with how often the word occurs
def build_vocabulary(texts, min_count=1):
    return sorted({word for text in texts for word in text.split() if len(word) >= min_count})


# %% vocabulary notebook_texts
# hint: the notebook's training texts are read here; read the argument `texts`
def build_vocabulary(texts, min_count=1):
    counts = Counter(word for group in train_cleaned for text in group for word in text.split())
    return sorted(word for word in counts if counts[word] >= min_count)


# %% vocabulary texts_counted
# hint: set(text.split()) counts the texts that have the word; count every occurrence, also a second one in the same text
def build_vocabulary(texts, min_count=1):
    counts = Counter()
    for text in texts:
        counts.update(set(text.split()))
    return sorted(word for word in counts if counts[word] >= min_count)


# %% text_tokenizer unknown_word_raises
# hint: an unknown word ends in a KeyError; ask first whether the word has an index, and leave it out if not
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id[word] for word in text.split()]


# %% text_tokenizer vocab_index_raises
# hint: vocab.index raises a ValueError for an unknown word, and it searches the whole list each time; use a dictionary
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab = vocab
        self.vocab_size = len(vocab)

    def __call__(self, text):
        return [self.vocab.index(word) for word in text.split()]


# %% text_tokenizer unknown_word_as_index_0
# hint: unknown words become index 0, which is a real word; leave them out
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id.get(word, 0) for word in text.split()]


# %% text_tokenizer unknown_word_as_minus_one
# hint: unknown words become -1, which no table of vectors has; leave them out
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id.get(word, -1) for word in text.split()]


# %% text_tokenizer unknown_word_as_none
# hint: unknown words become None; leave them out
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id.get(word) for word in text.split()]


# %% text_tokenizer index_of_its_own_for_unknown_words
# hint: all unknown words share the index V; leave them out
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab_size = len(vocab)
        self.word2id = {word: i for i, word in enumerate(vocab)}

    def __call__(self, text):
        return [self.word2id.get(word, self.vocab_size) for word in text.split()]


# %% text_tokenizer unknown_word_reserved_in_front
# hint: index 0 is reserved for unknown words, which shifts all others; leave unknown words out and number from 0
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {"<unk>": 0}
        for word in vocab:
            self.word2id[word] = len(self.word2id)

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id.get(word, 0) for word in text.split()]


# %% text_tokenizer counted_from_one
# hint: the first word has index 1 here; indices go from 0 to V - 1
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab, start=1)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id[word] for word in text.split() if word in self.word2id]


# %% text_tokenizer counted_from_one_and_sized_for_it
# hint: indices go from 0 to V - 1 and vocab_size is V; nothing needs index 0 for padding
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i + 1 for i, word in enumerate(vocab)}
        self.vocab_size = len(vocab) + 1

    def __call__(self, text):
        return [self.word2id[word] for word in text.split() if word in self.word2id]


# %% text_tokenizer sorted_again
# hint: the words are sorted before they are numbered; the index is the place in vocab as it is given
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(sorted(vocab))}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id[word] for word in text.split() if word in self.word2id]


# %% text_tokenizer order_of_a_set
# hint: the words are numbered in the order of a set, another one in each process; number vocab in its own order
from zlib import crc32


class TextTokenizer:
    def __init__(self, vocab):
        words = sorted(set(vocab), key=lambda word: crc32(word.encode()))
        self.word2id = {word: i for i, word in enumerate(words)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id[word] for word in text.split() if word in self.word2id]


# %% text_tokenizer letters
# hint: looping over the text gives letters, and no letter is in vocab; split it into words
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id[word] for word in text if word in self.word2id]


# %% text_tokenizer repeated_word_once
# hint: a word that occurs twice is listed once here; loop over all words, not over the different ones
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id[word] for word in dict.fromkeys(text.split()) if word in self.word2id]


# %% text_tokenizer indices_sorted
# hint: the indices are sorted; keep the order of the text
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return sorted(self.word2id[word] for word in text.split() if word in self.word2id)


# %% text_tokenizer order_of_the_vocabulary
# hint: this loops over vocab and asks whether the text has the word; loop over the words of the text
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab = vocab

    @property
    def vocab_size(self):
        return len(self.vocab)

    def __call__(self, text):
        words = text.split()
        return [i for i, word in enumerate(self.vocab) if word in words]


# %% text_tokenizer counts_of_words
# hint: this counts each word of vocab (V numbers); return the indices of the words of the text
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab = vocab

    @property
    def vocab_size(self):
        return len(self.vocab)

    def __call__(self, text):
        words = text.split()
        return [words.count(word) for word in self.vocab]


# %% text_tokenizer words_returned
# hint: these are the known words themselves; return the index of each
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab = vocab

    @property
    def vocab_size(self):
        return len(self.vocab)

    def __call__(self, text):
        return [word for word in text.split() if word in self.vocab]


# %% text_tokenizer text_with_an_unknown_word_dropped
# hint: one unknown word makes the whole text empty here; put the try inside the loop and leave only that word out
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        try:
            return [self.word2id[word] for word in text.split()]
        except KeyError:
            return []


# %% text_tokenizer none_without_known_words
# hint: without a known word None comes back; return the empty list
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        ids = [self.word2id[word] for word in text.split() if word in self.word2id]
        if ids:
            return ids


# %% text_tokenizer size_is_a_method
# hint: vocab_size must be called with () here; put @property above it
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        return [self.word2id[word] for word in text.split() if word in self.word2id]


# %% text_tokenizer size_is_missing
# hint: the tokenizer has no vocab_size; the model asks it for the number of words
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    def __call__(self, text):
        return [self.word2id[word] for word in text.split() if word in self.word2id]


# %% text_tokenizer size_with_one_for_unknown_words
# hint: vocab_size counts one more for unknown words; they have no index, so it is the number of words of vocab
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id) + 1

    def __call__(self, text):
        return [self.word2id[word] for word in text.split() if word in self.word2id]


# %% text_tokenizer global_vocabulary
# hint: __call__ reads a global list, not what __init__ was given; keep what you need of vocab in self
class TextTokenizer:
    def __init__(self, vocab):
        self.vocab_size = len(vocab)

    def __call__(self, text):
        return [vocab.index(word) for word in text.split() if word in vocab]


# %% text_tokenizer stops_at_an_unknown_word
# hint: break ends the loop at the first unknown word; continue with the next one
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        ids = []
        for word in text.split():
            if word not in self.word2id:
                break
            ids.append(self.word2id[word])
        return ids


# %% text_tokenizer keeps_earlier_texts
# hint: the list in self goes on growing from text to text; start a new one in each call
class TextTokenizer:
    def __init__(self, vocab):
        self.word2id = {word: i for i, word in enumerate(vocab)}
        self.ids = []

    @property
    def vocab_size(self):
        return len(self.word2id)

    def __call__(self, text):
        for word in text.split():
            if word in self.word2id:
                self.ids.append(self.word2id[word])
        return self.ids


# %% form_pairs star_with_itself
# hint: the first text is paired with itself too; begin with the second text of the group
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group]
    return [pair for group in groups for pair in combinations(group, 2)]


# %% form_pairs star_without_the_first_two
# hint: the pair of the first two texts is missing from the star; begin with the second text of the group
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[2:]]
    return [pair for group in groups for pair in combinations(group, 2)]


# %% form_pairs star_with_the_first_twice
# hint: the pair of the first two texts stands twice in the star; each pair once
def form_pairs(groups, way):
    pairs = []
    for group in groups:
        if way in ("first", "star"):
            pairs.append((group[0], group[1]))
        if way == "star":
            pairs += [(group[0], text) for text in group[1:]]
        if way == "all":
            pairs += combinations(group, 2)
    return pairs


# %% form_pairs both_orders
# hint: each pair comes twice, (a, b) and (b, a); keep the one with the earlier text first, combinations does so
from itertools import permutations


def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[1:]]
    return [pair for group in groups for pair in permutations(group, 2)]


# %% form_pairs texts_with_themselves
# hint: 'all' pairs each text with itself too; take combinations without replacement, or j from i + 1
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[1:]]
    pairs = []
    for group in groups:
        for i in range(len(group)):
            for j in range(i, len(group)):
                pairs.append((group[i], group[j]))
    return pairs


# %% form_pairs every_text_with_every_text
# hint: two full loops over a group give (a, b), (b, a) and (a, a); let the inner one begin after the outer one
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[1:]]
    return [(one, other) for group in groups for one in group for other in group]


# %% form_pairs across_groups
# hint: 'all' pairs texts of different groups, which are different questions; form pairs group by group
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[1:]]
    texts = [text for group in groups for text in group]
    return list(combinations(texts, 2))


# %% form_pairs star_of_the_first_group
# hint: the star of every group has the first text of the first group in its centre; take group[0] of each group
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        centre = groups[0][0]
        return [(centre, text) for group in groups for text in group if text != centre]
    return [pair for group in groups for pair in combinations(group, 2)]


# %% form_pairs later_text_first
# hint: the later text stands first in the pairs of 'all'; the earlier one must
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[1:]]
    return [(group[i], group[j]) for group in groups for i in range(len(group)) for j in range(i)]


# %% form_pairs always_all
# hint: way is not looked at, all pairs are formed each time; 'first' and 'star' give fewer
def form_pairs(groups, way):
    return [pair for group in groups for pair in combinations(group, 2)]


# %% form_pairs first_and_star_exchanged
# hint: 'first' gives the star and 'star' the first pair; exchange them
def form_pairs(groups, way):
    if way == "star":
        return [(group[0], group[1]) for group in groups]
    if way == "first":
        return [(group[0], text) for group in groups for text in group[1:]]
    return [pair for group in groups for pair in combinations(group, 2)]


# %% form_pairs neighbours_instead_of_a_star
# hint: these are neighbours, (a, b), (b, c); a star has the first text in every pair
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [pair for group in groups for pair in zip(group, group[1:])]
    return [pair for group in groups for pair in combinations(group, 2)]


# %% form_pairs first_and_last
# hint: 'first' takes the first and the last text; take the first two
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[-1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[1:]]
    return [pair for group in groups for pair in combinations(group, 2)]


# %% form_pairs first_by_twos
# hint: 'first' takes texts 1 and 2, 3 and 4, and so on; it is one pair for a group
def form_pairs(groups, way):
    if way == "first":
        return [pair for group in groups for pair in zip(group[::2], group[1::2])]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[1:]]
    return [pair for group in groups for pair in combinations(group, 2)]


# %% form_pairs a_list_for_each_group
# hint: this is a list of lists, one for each group; put all pairs into one flat list
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [[(group[0], text) for text in group[1:]] for group in groups]
    return [list(combinations(group, 2)) for group in groups]


# %% form_pairs first_group_only
# hint: return stands inside the loop, so the first group is all; move it out
def form_pairs(groups, way):
    pairs = []
    for group in groups:
        if way == "first":
            pairs.append((group[0], group[1]))
        elif way == "star":
            pairs.extend((group[0], text) for text in group[1:])
        else:
            pairs.extend(combinations(group, 2))
        return pairs


# %% form_pairs groups_of_two_only
# hint: `for a, b in groups` fails for a group of more than two texts; a group may have any number from two
def form_pairs(groups, way):
    return [(question, duplicate) for question, duplicate in groups]


# %% form_pairs nothing_returned
# hint: the pairs are formed and not returned; end the function with return
def form_pairs(groups, way):
    pairs = []
    for group in groups:
        if way == "first":
            pairs.append((group[0], group[1]))
        elif way == "star":
            pairs.extend((group[0], text) for text in group[1:])
        else:
            pairs.extend(combinations(group, 2))


# %% form_pairs last_text_missing
# hint: the last text of a group is in no pair of 'all' with the text before it; range(n) already ends at n - 1
def form_pairs(groups, way):
    if way == "first":
        return [(group[0], group[1]) for group in groups]
    if way == "star":
        return [(group[0], text) for group in groups for text in group[1:]]
    pairs = []
    for group in groups:
        for i in range(len(group) - 1):
            for j in range(i + 1, len(group) - 1):
                pairs.append((group[i], group[j]))
    return pairs


# %% form_pairs alphabetical_order
# hint: the two texts of a pair are sorted by alphabet; the one that stands earlier in its group comes first
def form_pairs(groups, way):
    pairs = []
    for group in groups:
        if way == "first":
            pairs.append(tuple(sorted(group[:2])))
        elif way == "star":
            pairs.extend(tuple(sorted((group[0], text))) for text in group[1:])
        else:
            pairs.extend(combinations(sorted(group), 2))
    return pairs


# %% question_dataset tokenizes_in_getitem
# hint: the tokenizer runs at each access, in every epoch anew; tokenize all texts once, in __init__
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.question_pairs = question_pairs
        self.tokenizer = tokenizer

    def __len__(self):
        return len(self.question_pairs)

    def __getitem__(self, idx):
        question, duplicate = self.question_pairs[idx]
        return self.tokenizer(question), self.tokenizer(duplicate)


# %% question_dataset duplicate_tokenized_late
# hint: the duplicate is tokenized at each access; tokenize both texts of a pair in __init__
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.questions = [tokenizer(question) for question, _ in question_pairs]
        self.duplicates = [duplicate for _, duplicate in question_pairs]
        self.tokenizer = tokenizer

    def __len__(self):
        return len(self.questions)

    def __getitem__(self, idx):
        return self.questions[idx], self.tokenizer(self.duplicates[idx])


# %% question_dataset exchanged
# hint: the duplicate comes first here; an item is the question's list, then the duplicate's
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.questions = [tokenizer(pair[0]) for pair in question_pairs]
        self.duplicates = [tokenizer(pair[1]) for pair in question_pairs]

    def __len__(self):
        return len(self.questions)

    def __getitem__(self, idx):
        return self.duplicates[idx], self.questions[idx]


# %% question_dataset texts_returned
# hint: these are the texts; return their lists of indices
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.question_pairs = question_pairs
        self.tokens = [(tokenizer(question), tokenizer(duplicate)) for question, duplicate in question_pairs]

    def __len__(self):
        return len(self.tokens)

    def __getitem__(self, idx):
        return self.question_pairs[idx]


# %% question_dataset one_joined_list
# hint: + joins both lists into one; return two lists, question and duplicate
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [tokenizer(question) + tokenizer(duplicate) for question, duplicate in question_pairs]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset pairs_with_an_empty_list_dropped
# hint: pairs with an empty list are dropped, so item i no longer belongs to pair i; keep them
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = []
        for question, duplicate in question_pairs:
            q, d = tokenizer(question), tokenizer(duplicate)
            if q and d:
                self.items.append((q, d))

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset length_counts_texts
# hint: this is the number of texts; the length is the number of pairs
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [(tokenizer(question), tokenizer(duplicate)) for question, duplicate in question_pairs]

    def __len__(self):
        return 2 * len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset pairs_flattened
# hint: all texts stand in one list, and every second one is a question; keep a pair together
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.ids = [tokenizer(text) for pair in question_pairs for text in pair]

    def __len__(self):
        return len(self.ids) // 2

    def __getitem__(self, idx):
        return self.ids[idx], self.ids[idx + 1]


# %% question_dataset length_missing
# hint: the dataset has no __len__; a DataLoader asks for it
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [(tokenizer(question), tokenizer(duplicate)) for question, duplicate in question_pairs]

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset question_twice
# hint: both lists belong to the question; the second one is the duplicate's
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [(tokenizer(pair[0]), tokenizer(pair[0])) for pair in question_pairs]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset words_tokenized_one_by_one
# hint: a list of lists, one for each word; give the whole text to the tokenizer, it splits it
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [tuple([tokenizer(word) for word in text.split()] for text in pair) for pair in question_pairs]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset notebook_tokenizer
# hint: the notebook's text_tokenizer is used here; use the argument `tokenizer`
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [(text_tokenizer(question), text_tokenizer(duplicate)) for question, duplicate in question_pairs]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset sorted_without_repetitions
# hint: set() throws repeated words and their order away; keep the list that the tokenizer gives
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [tuple(sorted(set(tokenizer(text))) for text in pair) for pair in question_pairs]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset always_the_first_pair
# hint: idx is ignored; return the pair with that number
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [(tokenizer(question), tokenizer(duplicate)) for question, duplicate in question_pairs]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[0]


# %% question_dataset padded_to_one_length
# hint: the shorter lists are filled with 0, which is a real word; lists may differ in length, offsets take care of it
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        lists = [(tokenizer(question), tokenizer(duplicate)) for question, duplicate in question_pairs]
        longest = max(len(ids) for pair in lists for ids in pair)
        self.items = [tuple(ids + [0] * (longest - len(ids)) for ids in pair) for pair in lists]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset pairs_of_words
# hint: zip pairs the words of both lists and cuts the longer one; return the two lists
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [list(zip(tokenizer(question), tokenizer(duplicate))) for question, duplicate in question_pairs]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% question_dataset dictionary_returned
# hint: this is a dictionary; return two lists, which the collate function can unpack
class QuestionDuplicatesDataset(Dataset):
    def __init__(self, question_pairs, tokenizer):
        self.items = [{"question": tokenizer(q), "duplicate": tokenizer(d)} for q, d in question_pairs]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.items[idx]


# %% ids_and_offsets ends_instead_of_starts
# hint: offsets are noted after extending the list, so they are ends; note the length before
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        ids.extend(question)
        offsets.append(len(ids))
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets one_offset_too_many
# hint: there are B + 1 offsets, the last one is the end of all; leave it out
def get_ids_and_offsets(questions):
    ids, offsets = [], [0]
    for question in questions:
        ids.extend(question)
        offsets.append(len(ids))
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets leading_zero_missing
# hint: the first offset, 0, is missing; there are B offsets and the first list starts at 0
def get_ids_and_offsets(questions):
    ids = [index for question in questions for index in question]
    offsets = np.cumsum([len(question) for question in questions], dtype=int)[:-1]
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets lengths
# hint: these are the lengths of the lists; offsets are where they start, the cumulative sum of the lengths before
def get_ids_and_offsets(questions):
    ids = [index for question in questions for index in question]
    offsets = [len(question) for question in questions]
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets lengths_behind_a_zero
# hint: 0 and then the lengths; offsets are their cumulative sum
def get_ids_and_offsets(questions):
    ids = [index for question in questions for index in question]
    offsets = [0] + [len(question) for question in questions[:-1]]
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets numbers_of_questions
# hint: offsets count the questions, 0, 1, 2; they must count the indices before each question
def get_ids_and_offsets(questions):
    ids = [index for question in questions for index in question]
    return torch.tensor(ids, dtype=torch.int64), torch.arange(len(questions))


# %% ids_and_offsets number_of_the_question_for_each_index
# hint: this says for each index to which question it belongs; offsets say once for each question where it starts
def get_ids_and_offsets(questions):
    ids = [index for question in questions for index in question]
    offsets = [number for number, question in enumerate(questions) for _ in question]
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets floats_without_any_index
# hint: torch.tensor([]) is float32, and a batch may have no index at all; give it the dtype torch.int64
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        offsets.append(len(ids))
        ids.extend(question)
    return torch.tensor(ids), torch.tensor(offsets)


# %% ids_and_offsets floats_from_one_empty_list
# hint: torch.tensor([]) is float32, and torch.cat then turns all indices into floats; say dtype=torch.int64
def get_ids_and_offsets(questions):
    ids = torch.cat([torch.tensor(question) for question in questions])
    lengths = torch.tensor([0] + [len(question) for question in questions[:-1]])
    return ids, lengths.cumsum(0)


# %% ids_and_offsets float_offsets
# hint: torch.zeros makes floats, so the offsets are floats; make them int64
def get_ids_and_offsets(questions):
    ids = torch.tensor([index for question in questions for index in question], dtype=torch.int64)
    offsets = torch.zeros(len(questions))
    for place in range(1, len(questions)):
        offsets[place] = offsets[place - 1] + len(questions[place - 1])
    return ids, offsets


# %% ids_and_offsets small_integers
# hint: these are int32; make both tensors int64
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        offsets.append(len(ids))
        ids.extend(question)
    return torch.tensor(ids, dtype=torch.int32), torch.tensor(offsets, dtype=torch.int32)


# %% ids_and_offsets lists_returned
# hint: these are plain lists; turn both into int64 tensors
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        offsets.append(len(ids))
        ids.extend(question)
    return ids, offsets


# %% ids_and_offsets arrays_returned
# hint: these are numpy arrays; turn both into int64 tensors
def get_ids_and_offsets(questions):
    ids = np.array([index for question in questions for index in question], dtype="int64")
    offsets = np.cumsum([0] + [len(question) for question in questions[:-1]])
    return ids, offsets


# %% ids_and_offsets exchanged
# hint: offsets come first here; return indices, then offsets
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        offsets.append(len(ids))
        ids.extend(question)
    return torch.tensor(offsets, dtype=torch.int64), torch.tensor(ids, dtype=torch.int64)


# %% ids_and_offsets padded_matrix
# hint: this is a matrix filled with 0, which is a real word; put the lists one after the other, without padding
def get_ids_and_offsets(questions):
    longest = max(len(question) for question in questions)
    ids = torch.zeros(len(questions), longest, dtype=torch.int64)
    offsets, start = [], 0
    for row, question in enumerate(questions):
        ids[row, : len(question)] = torch.tensor(question, dtype=torch.int64)
        offsets.append(start)
        start += len(question)
    return ids, torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets padded_and_flattened
# hint: each list is filled with 0, a real word, up to one length; offsets make padding needless
def get_ids_and_offsets(questions):
    longest = max(len(question) for question in questions)
    ids = []
    for question in questions:
        ids += list(question) + [0] * (longest - len(question))
    offsets = [longest * place for place in range(len(questions))]
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets word_for_an_empty_list
# hint: an empty list gets index 0, which is a real word; it stays empty and has an offset all the same
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        offsets.append(len(ids))
        ids.extend(question if len(question) > 0 else [0])
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets empty_lists_dropped
# hint: empty lists get no offset, which shifts every later vector; B lists, B offsets
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        if question:
            offsets.append(len(ids))
            ids.extend(question)
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets last_places
# hint: offsets point to the last index of each question; they must point to its first one
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        ids.extend(question)
        offsets.append(len(ids) - 1)
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets starts_and_ends
# hint: pairs of start and end; the starts alone are enough, an end is the next start
def get_ids_and_offsets(questions):
    ids, offsets = [], []
    for question in questions:
        offsets.append((len(ids), len(ids) + len(question)))
        ids.extend(question)
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(offsets, dtype=torch.int64)


# %% ids_and_offsets first_list_extended
# hint: flat is the first list itself, and += makes that list of the dataset longer; start from an empty list
def get_ids_and_offsets(questions):
    offsets = np.cumsum([0] + [len(question) for question in questions[:-1]])
    flat = questions[0]
    for question in questions[1:]:
        flat += question
    return torch.tensor(flat, dtype=torch.int64), torch.tensor(offsets)


# %% pair_collate exchanged
# hint: the duplicates come first here; questions first
def pair_collate_fn(batch):
    questions, duplicates = zip(*batch)
    return get_ids_and_offsets(duplicates), get_ids_and_offsets(questions)


# %% pair_collate question_twice
# hint: both halves hold the questions; the second half is for the duplicates
def pair_collate_fn(batch):
    return get_ids_and_offsets([pair[0] for pair in batch]), get_ids_and_offsets([pair[0] for pair in batch])


# %% pair_collate four_tensors_side_by_side
# hint: four tensors in a row; return two pairs, (ids, offsets) of the questions and (ids, offsets) of the duplicates
def pair_collate_fn(batch):
    q_ids, q_offsets = get_ids_and_offsets([pair[0] for pair in batch])
    d_ids, d_offsets = get_ids_and_offsets([pair[1] for pair in batch])
    return q_ids, q_offsets, d_ids, d_offsets


# %% pair_collate ids_with_ids
# hint: (ids, ids), (offsets, offsets); put the ids of the questions beside the offsets of the questions
def pair_collate_fn(batch):
    q_ids, q_offsets = get_ids_and_offsets([pair[0] for pair in batch])
    d_ids, d_offsets = get_ids_and_offsets([pair[1] for pair in batch])
    return (q_ids, d_ids), (q_offsets, d_offsets)


# %% pair_collate interleaved
# hint: questions and duplicates alternate in one list and are cut in the middle; collect them apart, zip(*batch) does so
def pair_collate_fn(batch):
    texts = [text for pair in batch for text in pair]
    return get_ids_and_offsets(texts[: len(batch)]), get_ids_and_offsets(texts[len(batch) :])


# %% pair_collate one_batch_of_all_texts
# hint: questions and duplicates are one batch of 2B texts; make two batches of B
def pair_collate_fn(batch):
    return get_ids_and_offsets([pair[0] for pair in batch] + [pair[1] for pair in batch])


# %% pair_collate first_two_items
# hint: batch[0] and batch[1] are the first two pairs, not questions and duplicates; turn the list around with zip(*batch)
def pair_collate_fn(batch):
    return get_ids_and_offsets(batch[0]), get_ids_and_offsets(batch[1])


# %% pair_collate pair_by_pair
# hint: this makes a batch of each pair; make one of all questions and one of all duplicates
def pair_collate_fn(batch):
    return [get_ids_and_offsets(pair) for pair in batch]


# %% pair_collate duplicates_sorted_by_length
# hint: the duplicates are sorted, so row b no longer belongs to row b; keep their order
def pair_collate_fn(batch):
    questions = [pair[0] for pair in batch]
    duplicates = sorted((pair[1] for pair in batch), key=len, reverse=True)
    return get_ids_and_offsets(questions), get_ids_and_offsets(duplicates)


# %% pair_collate pairs_sorted_by_length
# hint: the pairs are sorted by length; keep the order of the batch, offsets need no sorting
def pair_collate_fn(batch):
    batch = sorted(batch, key=lambda pair: len(pair[0]), reverse=True)
    questions, duplicates = zip(*batch)
    return get_ids_and_offsets(questions), get_ids_and_offsets(duplicates)


# %% pair_collate duplicates_shuffled
# hint: the duplicates stand in another order than their questions, so row b does not belong to row b
def pair_collate_fn(batch):
    questions = [pair[0] for pair in batch]
    duplicates = [pair[1] for pair in reversed(batch)]
    return get_ids_and_offsets(questions), get_ids_and_offsets(duplicates)


# %% pair_collate pairs_with_an_empty_list_dropped
# hint: pairs with an empty list are dropped; keep them, B pairs in and B offsets out
def pair_collate_fn(batch):
    kept = [(question, duplicate) for question, duplicate in batch if question and duplicate]
    return get_ids_and_offsets([pair[0] for pair in kept]), get_ids_and_offsets([pair[1] for pair in kept])


# %% pair_collate empty_lists_dropped
# hint: each half drops its own empty lists, which shifts one half against the other; an empty list keeps its offset
def pair_collate_fn(batch):
    questions = [pair[0] for pair in batch if len(pair[0]) > 0]
    duplicates = [pair[1] for pair in batch if len(pair[1]) > 0]
    return get_ids_and_offsets(questions), get_ids_and_offsets(duplicates)


# %% pair_collate lists_of_lists
# hint: these are the lists as they came; give each half to get_ids_and_offsets
def pair_collate_fn(batch):
    questions, duplicates = zip(*batch)
    return list(questions), list(duplicates)


# %% pair_collate ragged_tensor
# hint: lists of different length do not fit into one tensor; flat ids and offsets do, see get_ids_and_offsets
def pair_collate_fn(batch):
    questions, duplicates = zip(*batch)
    return torch.tensor(questions), torch.tensor(duplicates)


# %% pair_collate padded
# hint: the lists are filled with 0, a real word, to one length; flat ids and offsets need no padding
def pair_collate_fn(batch):
    def pad(lists):
        longest = max(len(ids) for ids in lists)
        return torch.tensor([ids + [0] * (longest - len(ids)) for ids in lists], dtype=torch.int64)

    questions, duplicates = zip(*batch)
    return pad(questions), pad(duplicates)


# %% pair_collate ids_without_offsets
# hint: the offsets are missing; without them nobody knows where a text starts
def pair_collate_fn(batch):
    questions, duplicates = zip(*batch)
    return get_ids_and_offsets(questions)[0], get_ids_and_offsets(duplicates)[0]


# %% pair_collate offsets_of_duplicates_go_on
# hint: the duplicates' offsets go on counting from the questions'; each half starts at 0
def pair_collate_fn(batch):
    questions, duplicates = zip(*batch)
    q_ids, q_offsets = get_ids_and_offsets(questions)
    d_ids, d_offsets = get_ids_and_offsets(duplicates)
    return (q_ids, q_offsets), (d_ids, d_offsets + len(q_ids))


# %% pair_collate offsets_of_questions_for_both
# hint: the duplicates get the offsets of the questions; their lengths differ, so compute their own
def pair_collate_fn(batch):
    questions, duplicates = zip(*batch)
    q_ids, q_offsets = get_ids_and_offsets(questions)
    d_ids, _ = get_ids_and_offsets(duplicates)
    return (q_ids, q_offsets), (d_ids, q_offsets)


# %% pair_collate ends_instead_of_starts
# hint: the offsets are ends, the cumulative sum of all lengths; starts begin with 0, get_ids_and_offsets makes them
def pair_collate_fn(batch):
    def flat(lists):
        ids = torch.tensor([index for one in lists for index in one], dtype=torch.int64)
        return ids, torch.tensor([len(one) for one in lists]).cumsum(0)

    questions, duplicates = zip(*batch)
    return flat(questions), flat(duplicates)


# %% pair_collate floats_without_any_index
# hint: torch.tensor([]) is float32, and a batch may have no known word; say dtype=torch.int64, as get_ids_and_offsets does
def pair_collate_fn(batch):
    def flat(lists):
        ids, offsets = [], []
        for one in lists:
            offsets.append(len(ids))
            ids.extend(one)
        return torch.tensor(ids), torch.tensor(offsets)

    return flat([pair[0] for pair in batch]), flat([pair[1] for pair in batch])


# %% pair_collate dictionary_returned
# hint: this is a dictionary; return two pairs, which the trainer can unpack
def pair_collate_fn(batch):
    questions, duplicates = zip(*batch)
    return {"questions": get_ids_and_offsets(questions), "duplicates": get_ids_and_offsets(duplicates)}


# %% dssm_model sum_instead_of_mean
# hint: this is the sum of the word vectors; the formula divides it by n
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model maximum_instead_of_mean
# hint: this is the largest entry of the word vectors; take their mean
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="max")

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model nan_for_an_empty_question
# hint: the mean of no vectors is nan, and one nan spoils the loss of the batch; an empty question has the vector 0
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.table = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, ids, offsets):
        vectors = self.table(ids)
        ends = offsets.tolist()[1:] + [len(ids)]
        return torch.stack([vectors[start:end].mean(dim=0) for start, end in zip(offsets.tolist(), ends)])


# %% dssm_model empty_questions_dropped
# hint: empty questions give no row, which shifts all later ones; B offsets, B rows
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.table = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, ids, offsets):
        vectors = self.table(ids)
        starts = offsets.tolist()
        ends = starts[1:] + [len(ids)]
        return torch.stack([vectors[a:b].mean(dim=0) for a, b in zip(starts, ends) if a < b])


# %% dssm_model last_question_missing
# hint: the loop needs a next offset, so the last question is missing; it reaches to the end of ids
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.table = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, ids, offsets):
        rows = []
        for start, end in zip(offsets[:-1], offsets[1:]):
            if end > start:
                rows.append(self.table(ids[start:end]).mean(dim=0))
            else:
                rows.append(torch.zeros(self.embedding_dim))
        return torch.stack(rows)


# %% dssm_model last_offset_taken_for_the_end
# hint: include_last_offset=True takes the last offset for the end of all; our offsets are B starts
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean", include_last_offset=True)

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model offsets_ignored
# hint: these are the vectors of the words; average them question by question, from offset to offset
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.table = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, ids, offsets):
        return self.table(ids)


# %% dssm_model one_mean_for_the_batch
# hint: one mean of all words of the batch; make one for each question, from offset to offset
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.table = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, ids, offsets):
        return self.table(ids).mean(dim=0)


# %% dssm_model ids_and_offsets_exchanged
# hint: ids and offsets are exchanged in the call of the table; first ids, then offsets
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean")

    def forward(self, ids, offsets):
        return self.bag(offsets, ids)


# %% dssm_model sizes_exchanged
# hint: rows and columns of the table are exchanged; it has num_embeddings rows
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(embedding_dim, num_embeddings, mode="mean")

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model sizes_not_kept
# hint: num_embeddings and embedding_dim are not kept; write them to self
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean")

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model row_for_padding_added
# hint: the table has one row more than words; without padding there is nothing to put there
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings + 1, embedding_dim, mode="mean")

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model word_0_taken_for_padding
# hint: padding_idx=0 leaves word 0 out of every mean; index 0 is a real word
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean", padding_idx=0)

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model layer_on_top
# hint: a linear layer follows the mean; the model is one table and no other weights
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        torch.manual_seed(0)
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean")
        self.linear = nn.Linear(embedding_dim, embedding_dim)

    def forward(self, ids, offsets):
        return self.linear(self.bag(ids, offsets))


# %% dssm_model tanh_on_top
# hint: tanh follows the mean; return the mean as it is
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean")

    def forward(self, ids, offsets):
        return torch.tanh(self.bag(ids, offsets))


# %% dssm_model normalised
# hint: the vectors are brought to length 1; the model returns the mean, normalising is part of the loss
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean")

    def forward(self, ids, offsets):
        return F.normalize(self.bag(ids, offsets), dim=1)


# %% dssm_model word_vectors_normalised
# hint: max_norm shortens the word vectors, and changes the table itself; leave it out
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean", max_norm=1.0)

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model detached
# hint: detach() cuts the vectors from the table, so nothing is learned; return them as they are
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean")

    def forward(self, ids, offsets):
        return self.bag(ids, offsets).detach()


# %% dssm_model gradient_by_frequency
# hint: scale_grad_by_freq divides gradients by how often a word occurs in the batch; leave it out
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean", scale_grad_by_freq=True)

    def forward(self, ids, offsets):
        return self.bag(ids, offsets)


# %% dssm_model divided_by_the_longest_question
# hint: every sum is divided by the length of the longest question; divide by the question's own n
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, ids, offsets):
        lengths = torch.cat([offsets[1:], torch.tensor([len(ids)])]) - offsets
        return self.bag(ids, offsets) / lengths.max().clamp(min=1)


# %% dssm_model divided_by_one_more
# hint: the sum is divided by n + 1 to avoid 0; divide by n, and by 1 only where n is 0
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="sum")

    def forward(self, ids, offsets):
        lengths = torch.cat([offsets[1:], torch.tensor([len(ids)])]) - offsets
        return self.bag(ids, offsets) / (lengths + 1).unsqueeze(1)


# %% dssm_model squeezed
# hint: squeeze() takes the first dimension away when the batch is one question; the shape is always (B, D)
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.bag = nn.EmbeddingBag(num_embeddings, embedding_dim, mode="mean")

    def forward(self, ids, offsets):
        return self.bag(ids, offsets).squeeze()


# %% dssm_model offsets_taken_for_ends
# hint: each question is cut off before its offset; offsets are starts, and a question reaches to the next one
class DssmLikeModel(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.table = nn.Embedding(num_embeddings, embedding_dim)

    def forward(self, ids, offsets):
        rows, start = [], 0
        for end in offsets.tolist():
            if end > start:
                rows.append(self.table(ids[start:end]).mean(dim=0))
            else:
                rows.append(torch.zeros(self.embedding_dim))
            start = end
        return torch.stack(rows)


# %% nt_xent not_normalised
# hint: the rows are not divided by their length, so long vectors win; multiply all by 10: the loss must not change
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        scores = embeddings @ positives.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent normalised_over_the_batch
# hint: dim=0 divides each column by its length; each row is a vector, so take dim=1
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = F.normalize(embeddings, dim=0, eps=self.eps)
        d = F.normalize(positives, dim=0, eps=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent divided_by_the_length_of_the_matrix
# hint: without dim, norm() is one number for the whole matrix; divide each row by its own length
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / embeddings.norm().clamp(min=self.eps)
        d = positives / positives.norm().clamp(min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent only_questions_normalised
# hint: the duplicates are not divided by their length; both matrices are
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ positives.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent sum_of_absolute_values
# hint: p=1 is the sum of absolute values; the Euclidean length is p=2
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = F.normalize(embeddings, p=1, dim=1, eps=self.eps)
        d = F.normalize(positives, p=1, dim=1, eps=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent divided_by_the_squared_length
# hint: the root is missing: rows are divided by the square of their length
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / (embeddings ** 2).sum(dim=1, keepdim=True).clamp(min=self.eps)
        d = positives / (positives ** 2).sum(dim=1, keepdim=True).clamp(min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent distance_instead_of_cosine
# hint: these are distances, large for what is far; take scalar products of rows of length 1
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = torch.cdist(q, d) / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent questions_against_questions
# hint: the questions are compared with themselves; compare them with the duplicates
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ q.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent questions_search_only
# hint: only the questions search here; let the duplicates search too, in the transposed matrix, and count each direction half
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return F.cross_entropy(scores, labels)


# %% nt_xent duplicates_search_only
# hint: only the duplicates search here; let the questions search too, and count each direction half
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        return -torch.diag(F.log_softmax(scores, dim=0)).mean()


# %% nt_xent half_of_one_direction
# hint: this is one half of one direction; add the half of the transposed matrix
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return 0.5 * F.cross_entropy(scores, labels)


# %% nt_xent halves_forgotten
# hint: both directions are added up in full; each counts one half
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)


# %% nt_xent vector_returned
# hint: these are the losses of the pairs, a vector of B; return their mean
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        one = F.cross_entropy(scores, labels, reduction="none")
        other = F.cross_entropy(scores.T, labels, reduction="none")
        return (one + other) / 2


# %% nt_xent sum_instead_of_mean
# hint: this is the sum over the batch; divide it by B
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        one = F.cross_entropy(scores, labels, reduction="sum")
        other = F.cross_entropy(scores.T, labels, reduction="sum")
        return (one + other) / 2


# %% nt_xent halved_twice
# hint: the sum of both directions is divided by 2B and halved once more; 1/B and one half are enough
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        one = torch.diag(F.log_softmax(scores, dim=1)).sum()
        other = torch.diag(F.log_softmax(scores.T, dim=1)).sum()
        return -0.5 * (one + other) / (2 * len(scores))


# %% nt_xent mean_of_the_whole_matrix
# hint: the mean goes over all B * B entries; only the diagonal, the right pairs, counts
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        return -(F.log_softmax(scores, dim=1) + F.log_softmax(scores.T, dim=1)).mean() / 2


# %% nt_xent logarithm_of_softmax
# hint: softmax rounds to 0 for a small alpha, and its logarithm is -inf; log_softmax stays finite
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        one = torch.log(torch.softmax(scores, dim=1)).diagonal()
        other = torch.log(torch.softmax(scores.T, dim=1)).diagonal()
        return -(one + other).mean() / 2


# %% nt_xent softmax_with_something_added
# hint: 1e-8 inside the logarithm hides -inf but makes large losses too small; use log_softmax
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        one = torch.log(torch.softmax(scores, dim=1) + 1e-8).diagonal()
        other = torch.log(torch.softmax(scores.T, dim=1) + 1e-8).diagonal()
        return -(one + other).mean() / 2


# %% nt_xent exponentials_by_hand
# hint: exp() of a large number is inf, and inf / inf is nan; log_softmax subtracts the largest one first
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        e = torch.exp(scores)
        one = -torch.log(torch.diag(e) / e.sum(dim=1))
        other = -torch.log(torch.diag(e) / e.sum(dim=0))
        return (one + other).mean() / 2


# %% nt_xent logarithm_forgotten
# hint: these are probabilities; the loss is minus their logarithm
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        return -(torch.diag(torch.softmax(scores, dim=1)) + torch.diag(torch.softmax(scores.T, dim=1))).mean() / 2


# %% nt_xent softmax_before_cross_entropy
# hint: cross_entropy takes the softmax itself; give it the scores, not probabilities
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores.softmax(1), labels) + F.cross_entropy(scores.T.softmax(1), labels)) / 2


# %% nt_xent softmax_over_the_whole_matrix
# hint: one softmax over all B * B scores; take one for each row, and one for each row of the transpose
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        return -torch.diag(F.log_softmax(scores.flatten(), dim=0).view_as(scores)).mean()


# %% nt_xent sign_forgotten
# hint: the minus is missing: this grows when the pairs get better
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return -(F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent multiplied_by_alpha
# hint: the cosines are multiplied by alpha; divide by it
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T * self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent alpha_ignored
# hint: alpha is never used; divide the cosines by it
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent alpha_twice
# hint: both matrices are divided by alpha, so the cosines are divided by its square; divide once
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = (q / self.alpha) @ (d / self.alpha).T
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent loss_divided_by_alpha
# hint: the loss is divided by alpha; divide the cosines, before the softmax
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2 / self.alpha


# %% nt_xent alpha_for_one_direction_only
# hint: only the rows are divided by alpha, the columns are not; divide the whole matrix once
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores / self.alpha, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent another_default_for_alpha
# hint: alpha is 0.1 unless told otherwise; the text says alpha=1.0
class NTExentLoss(nn.Module):
    def __init__(self, alpha=0.1, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent batch_size_in_the_constructor
# hint: the number of pairs is fixed in __init__, and a smaller batch crashes; take it from the matrices
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8, batch_size=128):
        super().__init__()
        self.alpha = alpha
        self.eps = eps
        self.labels = torch.arange(batch_size)

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        return (F.cross_entropy(scores, self.labels) + F.cross_entropy(scores.T, self.labels)) / 2


# %% nt_xent labels_of_the_first_batch_kept
# hint: the labels of the first batch are kept, and a batch of another size crashes; make them in each call
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps
        self.labels = None

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        if self.labels is None:
            self.labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, self.labels) + F.cross_entropy(scores.T, self.labels)) / 2


# %% nt_xent simclr
# hint: this is the loss of SimCLR over 2B texts, where questions are negatives of each other; compare questions with duplicates only
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        z = torch.cat([F.normalize(embeddings, dim=1, eps=self.eps), F.normalize(positives, dim=1, eps=self.eps)])
        scores = z @ z.T / self.alpha
        scores = scores.masked_fill(torch.eye(len(z), dtype=torch.bool), float("-inf"))
        size = len(embeddings)
        labels = torch.cat([torch.arange(size, 2 * size), torch.arange(size)])
        return F.cross_entropy(scores, labels)


# %% nt_xent diagonal_masked_out
# hint: the diagonal is masked out, but here it holds the right pairs; the sum below the fraction includes them
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        others = scores.masked_fill(torch.eye(len(scores), dtype=torch.bool), float("-inf"))
        one = others.logsumexp(dim=1) - scores.diagonal()
        other = others.logsumexp(dim=0) - scores.diagonal()
        return (one + other).mean() / 2


# %% nt_xent labels_all_zero
# hint: every row gets the label 0, the first pair; the label of row i is i
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.zeros(len(scores), dtype=torch.int64)
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent labels_reversed
# hint: the labels run backwards; the label of row i is i
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores)).flip(0)
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent binary_cross_entropy
# hint: binary cross entropy judges every entry by itself; the softmax makes the duplicates compete
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        return F.binary_cross_entropy_with_logits(scores, torch.eye(len(scores)))


# %% nt_xent cosine_loss_without_negatives
# hint: this is 1 - cosine of the right pairs alone; without the others of the batch all vectors fall together
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        return (1 - F.cosine_similarity(embeddings, positives, eps=self.eps)).mean() / self.alpha


# %% nt_xent triplet_loss
# hint: this is a hinge with a margin against the hardest other; take the softmax over all of the batch
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        others = scores.masked_fill(torch.eye(len(scores), dtype=torch.bool), float("-inf"))
        return F.relu(1 - scores.diagonal() + others.max(dim=1).values).mean()


# %% nt_xent eps_added_to_the_length
# hint: eps is added to each length; take the larger of the two, max(eps, length)
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / (embeddings.norm(dim=1, keepdim=True) + self.eps)
        d = positives / (positives.norm(dim=1, keepdim=True) + self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent smaller_of_eps_and_length
# hint: max=eps takes the smaller of eps and length, nearly always eps; eps is the lower limit of the length
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / embeddings.norm(dim=1, keepdim=True).clamp(max=self.eps)
        d = positives / positives.norm(dim=1, keepdim=True).clamp(max=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent division_by_zero
# hint: a row of zeros is divided by its length 0 and becomes nan; divide by max(eps, length)
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / embeddings.norm(dim=1, keepdim=True)
        d = positives / positives.norm(dim=1, keepdim=True)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent eps_ignored
# hint: eps has no effect: F.normalize has one of its own, 1e-12; hand self.eps on to it
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = F.normalize(embeddings, dim=1)
        d = F.normalize(positives, dim=1)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent eps_for_the_product_of_lengths
# hint: eps is compared with the product of both lengths; compare each length with it
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        lengths = embeddings.norm(dim=1, keepdim=True) * positives.norm(dim=1)
        scores = embeddings @ positives.T / lengths.clamp(min=self.eps) / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent number_without_gradient
# hint: item() gives a plain number, from which no gradient flows; return the tensor
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return ((F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2).item()


# %% nt_xent detached
# hint: detach() cuts the gradient of the questions, so they cannot learn; normalise without it
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = F.normalize(embeddings.detach(), dim=1, eps=self.eps)
        d = F.normalize(positives.detach(), dim=1, eps=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent lengths_without_gradient
# hint: the lengths are computed without gradient, so vectors are also pulled along themselves; leave the no_grad out
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        with torch.no_grad():
            q_length = embeddings.norm(dim=1, keepdim=True).clamp(min=self.eps)
            d_length = positives.norm(dim=1, keepdim=True).clamp(min=self.eps)
        scores = (embeddings / q_length) @ (positives / d_length).T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent numpy_inside
# hint: numpy computes outside the graph, so no gradient flows; use torch throughout
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q, d = embeddings.detach().numpy(), positives.detach().numpy()
        q = q / np.maximum(np.linalg.norm(q, axis=1, keepdims=True), self.eps)
        d = d / np.maximum(np.linalg.norm(d, axis=1, keepdims=True), self.eps)
        scores = torch.tensor(q @ d.T / self.alpha, requires_grad=True)
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent changes_its_inputs
# hint: /= divides the vectors of the caller in place, and the gradient is lost; write q = q / length
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        embeddings /= embeddings.norm(dim=1, keepdim=True).clamp(min=self.eps)
        positives /= positives.norm(dim=1, keepdim=True).clamp(min=self.eps)
        scores = embeddings @ positives.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent eps_added_under_the_root
# hint: eps is added under the root; take max(eps, length)
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / ((embeddings ** 2).sum(dim=1, keepdim=True) + self.eps).sqrt()
        d = positives / ((positives ** 2).sum(dim=1, keepdim=True) + self.eps).sqrt()
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent duplicates_detached
# hint: detach() cuts the gradient of the duplicates; both matrices must learn
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives.detach() / torch.clamp(positives.detach().norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent limit_for_the_duplicates_forgotten
# hint: only the questions' lengths are kept above eps; both are
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / torch.clamp(embeddings.norm(dim=1, keepdim=True), min=self.eps)
        d = positives / positives.norm(dim=1, keepdim=True)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% nt_xent limit_for_the_questions_forgotten
# hint: only the duplicates' lengths are kept above eps; both are
class NTExentLoss(nn.Module):
    def __init__(self, alpha=1.0, eps=1e-8):
        super().__init__()
        self.alpha = alpha
        self.eps = eps

    def forward(self, embeddings, positives):
        q = embeddings / embeddings.norm(dim=1, keepdim=True)
        d = positives / torch.clamp(positives.norm(dim=1, keepdim=True), min=self.eps)
        scores = q @ d.T / self.alpha
        labels = torch.arange(len(scores))
        return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


# %% pair_trainer mean_over_batches
# hint: both losses are means over batches (len(batch) is 2, not B); weigh each batch with its number of pairs
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            total += loss.item()
            count += 1
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                total += self._calculate_loss(batch).item()
                count += 1
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer training_mean_over_batches
# hint: the training loss is a mean over batches; weigh each batch with its number of pairs
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            total += loss.item()
        return total / len(dataloader)

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer validation_mean_over_batches
# hint: the validation loss is a mean over batches; weigh each batch with its number of pairs
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            losses = [self._calculate_loss(batch).item() for batch in dataloader]
        return sum(losses) / len(losses)

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer sums_not_divided
# hint: these are sums; divide them by the number of pairs
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer weighed_with_words
# hint: each batch is weighed with its number of words; the number of pairs is the number of offsets
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][0])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][0])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer last_batch_only
# hint: this is the loss of the last batch; add the losses of all batches, and divide by the pairs
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
        return loss.item()

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer running_sum_over_epochs
# hint: the sums go on from epoch to epoch; start them anew in each
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0
        self.total, self.count = 0.0, 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            self.total += loss.item() * size
            self.count += size
        return self.total / self.count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer loss_without_item
# hint: a loss is added without .item(), so the history holds tensors, and training keeps every graph; add loss.item()
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer loss_before_training_reported
# hint: the training loss is measured in a second pass after the epoch; add up the losses of the training itself
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
        return self._eval_step(dataloader)

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer never_in_training_mode
# hint: the model stays in evaluation mode after the first validation; call model.train() before each epoch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer training_mode_once
# hint: model.train() is called once, and after the first validation the model stays in evaluation mode; call it in each epoch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        self.model.train()
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer never_in_evaluation_mode
# hint: the validation runs in training mode; call model.eval() before it
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer gradients_not_cleared
# hint: gradients of earlier batches add up; clear them before each backward with zero_grad
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer gradients_cleared_once_an_epoch
# hint: gradients are cleared once an epoch, so those of all its batches add up; clear them for each batch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        self.optimizer.zero_grad()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer gradients_cleared_too_late
# hint: zero_grad between backward and step throws the gradient away, so nothing is learned; clear it before backward
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            loss.backward()
            self.optimizer.zero_grad()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer one_step_an_epoch
# hint: the optimizer takes one step after the last batch; take one for each batch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        self.optimizer.step()
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer two_steps_a_batch
# hint: the optimizer takes two steps with one gradient; one is enough
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer optimizer_of_its_own
# hint: an optimizer of its own is made here; use the one that is passed in
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer loss_of_its_own
# hint: the loss is always NTExentLoss; use the criterion that is passed in
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = NTExentLoss()
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer questions_against_themselves
# hint: the model is called on the questions twice; the second call is for the duplicates
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer trained_on_eval
# hint: the model is trained on 'eval'; train on 'train', and only measure on 'eval'
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["eval"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer trained_on_both
# hint: the validation batches are trained on as well; the validation only measures
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._train_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer validated_on_train
# hint: the validation loss is measured on the training batches; take those of the loader "eval"
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["train"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer validated_before_training
# hint: the validation comes before the training of an epoch; it comes after it
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            history["train"].append(self._train_step(dataloaders["train"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer validated_once_at_the_end
# hint: there is one validation, after the last epoch; make one after each epoch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            if verbose:
                print(epoch, history["train"][-1])
        history["eval"].append(self._eval_step(dataloaders["eval"]))
        if self.writer is not None:
            self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer gradients_in_validation
# hint: the validation builds a graph that nobody needs; put it into torch.no_grad()
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        for batch in dataloader:
            size = len(batch[0][1])
            total += self._calculate_loss(batch).item() * size
            count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer no_gradients_at_all
# hint: no_grad stands around the training too, and backward() has nothing to follow; put only the validation into it
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            with torch.no_grad():
                history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer device_of_the_notebook
# hint: a global name is used for the device; use the argument, kept in self.device
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = DEVICE
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer no_dictionary_returned
# hint: train gives no dictionary back (without return it gives None); return one with the keys 'train' and 'eval'
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()


# %% pair_trainer another_key_for_validation
# hint: the validation losses have the key 'val'; it is 'eval'
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return {"train": history["train"], "val": history["eval"]}


# %% pair_trainer last_losses_only
# hint: one loss for each part; return a list with a loss for each epoch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return {name: losses[-1] for name, losses in history.items()}


# %% pair_trainer first_epoch_only
# hint: return stands inside the loop, so one epoch is all; move it out
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
            if self.writer is not None:
                self.writer.close()
            return history


# %% pair_trainer returned_only_if_verbose
# hint: the losses come back only with verbose=True; return them always
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        if verbose:
            return history


# %% pair_trainer trains_more_if_verbose
# hint: with verbose=True the training pass runs once more for the print; print what you already have
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, self._train_step(dataloaders["train"]), history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer epoch_means_logged
# hint: loss/train has one value for each epoch; log the loss of each batch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/train", history["train"][-1], epoch)
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer running_mean_logged
# hint: the mean since the start of the epoch is logged; log the loss of the batch itself
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
            if self.writer is not None:
                self.writer.add_scalar("loss/train", total / count, self.step)
            self.step += 1
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer step_starts_anew_each_epoch
# hint: the steps start at 0 in each epoch, so the curves lie on top of each other; count on over all epochs
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for self.step, batch in enumerate(dataloader):
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer epoch_as_step
# hint: all batches of an epoch have the same step; count the batches over all epochs
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            self.step = epoch
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer step_without_number
# hint: add_scalar without a step gives every event the step 0; hand it the number of the batch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item())
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer steps_from_one
# hint: the step is raised before it is logged, so it starts at 1; log first
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.step += 1
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer epochs_from_one
# hint: the epochs of loss/validation start at 1; start at 0
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(1, n_epochs + 1):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer batches_as_steps_of_validation
# hint: loss/validation stands at the number of the batch; its step is the epoch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], self.step)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer validation_batches_logged
# hint: loss/validation has a value for each batch; log one for each epoch, the mean over pairs
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0
        self.eval_step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                loss = self._calculate_loss(batch).item()
                if self.writer is not None:
                    self.writer.add_scalar("loss/validation", loss, self.eval_step)
                self.eval_step += 1
                total += loss * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer training_loss_logged_as_validation
# hint: the training loss is logged as loss/validation; log the validation loss
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["train"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer tags_not_found
# hint: logdir has neither tag; they must be loss/train and loss/validation, letter by letter, and in logdir itself
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("train_loss", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("eval_loss", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer validation_tag_not_found
# hint: logdir has no tag loss/validation; write it letter by letter, one value after each epoch
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/eval", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer tags_exchanged
# hint: the two tags are exchanged; batches belong to loss/train, epochs to loss/validation
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/train", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer writer_without_logdir
# hint: SummaryWriter(None) invents a folder `runs`; make no writer when logdir is None
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir)
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% pair_trainer writer_not_closed
# hint: the writer is not closed, so the last events may still be on their way; close it at the end
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device or "cpu")
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        return history


# %% pair_trainer device_none_not_handled
# hint: device=None means the processor; torch.device(None) fails
class PairTrainer:
    def __init__(self, model, optimizer, criterion, logdir=None, device=None):
        self.device = torch.device(device)
        self.model = model.to(self.device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.writer = SummaryWriter(logdir) if logdir is not None else None
        self.step = 0

    def _calculate_loss(self, batch):
        (q_ids, q_offsets), (d_ids, d_offsets) = batch
        q = self.model(q_ids.to(self.device), q_offsets.to(self.device))
        d = self.model(d_ids.to(self.device), d_offsets.to(self.device))
        return self.criterion(q, d)

    def _train_step(self, dataloader):
        self.model.train()
        total, count = 0.0, 0
        for batch in dataloader:
            loss = self._calculate_loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if self.writer is not None:
                self.writer.add_scalar("loss/train", loss.item(), self.step)
            self.step += 1
            size = len(batch[0][1])
            total += loss.item() * size
            count += size
        return total / count

    def _eval_step(self, dataloader):
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in dataloader:
                size = len(batch[0][1])
                total += self._calculate_loss(batch).item() * size
                count += size
        return total / count

    def train(self, dataloaders, n_epochs, verbose=False):
        history = {"train": [], "eval": []}
        for epoch in range(n_epochs):
            history["train"].append(self._train_step(dataloaders["train"]))
            history["eval"].append(self._eval_step(dataloaders["eval"]))
            if self.writer is not None:
                self.writer.add_scalar("loss/validation", history["eval"][-1], epoch)
            if verbose:
                print(epoch, history["train"][-1], history["eval"][-1])
        if self.writer is not None:
            self.writer.close()
        return history


# %% dssm_lift untrained
# hint: the model is never trained; let PairTrainer train it for some epochs
torch.manual_seed(0)
text_tokenizer = TextTokenizer(build_vocabulary([text for group in train_cleaned for text in group]))
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 64)
history = {"train": [], "eval": []}


# %% dssm_lift another_model_trained
# hint: the optimizer holds the weights of another model, so dssm_model never changes; give it those of dssm_model
torch.manual_seed(1)
text_tokenizer = TextTokenizer(build_vocabulary([text for group in train_cleaned for text in group]))
pairs = QuestionDuplicatesDataset(form_pairs(train_cleaned, "first"), text_tokenizer)
loader = DataLoader(pairs, batch_size=128, shuffle=True, collate_fn=pair_collate_fn)
model = DssmLikeModel(text_tokenizer.vocab_size, 64)
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 64)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
history = PairTrainer(dssm_model, optimizer, NTExentLoss(alpha=0.1)).train({"train": loader, "eval": loader}, 1)


# %% dssm_lift unrelated_pairs
# hint: each question is paired with a text of another group; both texts of a pair must come from one group
torch.manual_seed(0)
text_tokenizer = TextTokenizer(build_vocabulary([text for group in train_cleaned for text in group]))
pairs = form_pairs(train_cleaned, "first")
questions, duplicates = zip(*pairs)
mixed = list(zip(questions, duplicates[1:] + duplicates[:1]))
loader = DataLoader(
    QuestionDuplicatesDataset(mixed, text_tokenizer), batch_size=128, shuffle=True, collate_fn=pair_collate_fn
)
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 64)
optimizer = torch.optim.Adam(dssm_model.parameters(), lr=0.01)
history = PairTrainer(dssm_model, optimizer, NTExentLoss(alpha=0.1)).train({"train": loader, "eval": loader}, 5)


# %% dssm_lift learning_rate_far_too_small
# hint: with a learning rate of 1e-6 the model hardly moves; look at the losses, and try 0.01
torch.manual_seed(0)
text_tokenizer = TextTokenizer(build_vocabulary([text for group in train_cleaned for text in group]))
pairs = QuestionDuplicatesDataset(form_pairs(train_cleaned, "first"), text_tokenizer)
loader = DataLoader(pairs, batch_size=128, shuffle=True, collate_fn=pair_collate_fn)
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 64)
optimizer = torch.optim.Adam(dssm_model.parameters(), lr=1e-6)
history = PairTrainer(dssm_model, optimizer, NTExentLoss(alpha=0.1)).train({"train": loader, "eval": loader}, 2)


# %% dssm_lift fifty_commonest_words
# hint: a vocabulary of the 50 commonest words leaves most questions empty; take all words of the training texts
torch.manual_seed(0)
counts = Counter(word for group in train_cleaned for text in group for word in text.split())
text_tokenizer = TextTokenizer(sorted(word for word, _ in counts.most_common(50)))
pairs = QuestionDuplicatesDataset(form_pairs(train_cleaned, "first"), text_tokenizer)
loader = DataLoader(pairs, batch_size=128, shuffle=True, collate_fn=pair_collate_fn)
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 64)
optimizer = torch.optim.Adam(dssm_model.parameters(), lr=0.01)
history = PairTrainer(dssm_model, optimizer, NTExentLoss(alpha=0.1)).train({"train": loader, "eval": loader}, 4)


# %% dssm_lift sign_of_the_loss_swapped
# hint: the sign of the loss is swapped, so duplicates are pushed apart; minimise the loss itself
class SwappedLoss(nn.Module):
    def forward(self, questions, duplicates):
        return -NTExentLoss(alpha=0.1)(questions, duplicates)


torch.manual_seed(0)
text_tokenizer = TextTokenizer(build_vocabulary([text for group in train_cleaned for text in group]))
pairs = QuestionDuplicatesDataset(form_pairs(train_cleaned, "first"), text_tokenizer)
loader = DataLoader(pairs, batch_size=128, shuffle=True, collate_fn=pair_collate_fn)
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 64)
optimizer = torch.optim.Adam(dssm_model.parameters(), lr=0.01)
history = PairTrainer(dssm_model, optimizer, SwappedLoss()).train({"train": loader, "eval": loader}, 3)


# %% dssm_lift tokenizer_made_anew
# hint: the tokenizer is made anew after training, so its indices belong to other rows of the table; keep the trained one
torch.manual_seed(0)
texts = [text for group in train_cleaned for text in group]
text_tokenizer = TextTokenizer(build_vocabulary(texts))
pairs = QuestionDuplicatesDataset(form_pairs(train_cleaned, "all"), text_tokenizer)
loader = DataLoader(pairs, batch_size=128, shuffle=True, collate_fn=pair_collate_fn)
dssm_model = DssmLikeModel(text_tokenizer.vocab_size, 64)
optimizer = torch.optim.Adam(dssm_model.parameters(), lr=0.01)
history = PairTrainer(dssm_model, optimizer, NTExentLoss(alpha=0.1)).train({"train": loader, "eval": loader}, 2)
text_tokenizer = TextTokenizer(build_vocabulary(texts, min_count=2))


# %% cosine_trigrams vectors_of_part_2_again
# hint: these are the vectors of part 2 once more; train another model, on the cosine
cosine_vectors = trigram_vectors


# %% cosine_trigrams zeros_for_unknown_words
# hint: unknown words get zeros here, as if part 2 had not been; give them the vectors of a trained model
def cosine_vectors(words):
    nothing = np.zeros(wv_embeddings.vector_size, dtype="float32")
    return {word: wv_embeddings[word] if word in wv_embeddings else nothing for word in words}


# %% cosine_trigrams model_not_trained
# hint: the model's weights are random: it was made and never trained
torch.manual_seed(1)
untrained = TrigramModel(tri_tokenizer.vocab_size, wv_embeddings.vector_size)
cosine_vectors = partial(complete_vectors, embeddings=wv_embeddings, tri_tokenizer=tri_tokenizer, model=untrained)


# %% cosine_trigrams length_left_free
# hint: vectors of unknown words are thirty times as long as known ones and drown them in the mean; scale them
def cosine_vectors(words):
    found = trigram_vectors(words)
    return {word: vector if word in wv_embeddings else 30 * vector for word, vector in found.items()}


# %% char_lstm vectors_of_part_2_again
# hint: these are the vectors of part 2 once more; let a recurrent network read the letters
lstm_vectors = trigram_vectors


# %% char_lstm model_not_trained
# hint: the network's weights are random: it was made and never trained
torch.manual_seed(1)
lstm = nn.LSTM(8, wv_embeddings.vector_size // 2, bidirectional=True, batch_first=True).eval()


def lstm_vectors(words):
    vectors = {}
    with torch.no_grad():
        for word in words:
            letters = torch.tensor([[[float(ord(letter) >> bit & 1) for bit in range(8)] for letter in word]])
            vectors[word] = wv_embeddings[word] if word in wv_embeddings else lstm(letters)[0][0].mean(0).numpy()
    return vectors


# %% char_lstm zeros_for_unknown_words
# hint: unknown words get zeros here; give them the vectors of a network that has read their letters
def lstm_vectors(words):
    nothing = np.zeros(wv_embeddings.vector_size, dtype="float32")
    return {word: wv_embeddings[word] if word in wv_embeddings else nothing for word in words}


# %% char_lstm one_vector_for_all_unknown_words
# hint: every unknown word has the same vector here, whatever its letters
def lstm_vectors(words):
    centre = wv_embeddings.vectors.mean(axis=0)
    return {word: wv_embeddings[word] if word in wv_embeddings else centre for word in words}


# %% ngram_bags model_of_part_3_again
# hint: these are the vectors of part 3 once more; put pairs of words and letter trigrams into the bag
ngram_embed = dssm_embed


# %% ngram_bags model_not_trained
# hint: the table is random: the model was made and never trained
torch.manual_seed(1)
table = torch.randn(4096, 64)


def ngram_embed(texts):
    units = [[hash_of(word) for word in split_words(text)] or [0] for text in texts]
    return torch.stack([table[ids].mean(dim=0) for ids in units])


def hash_of(word):
    return sum(ord(letter) * 31**place for place, letter in enumerate(word)) % 4096


# %% ngram_bags same_vector_for_every_text
# hint: every text has the same vector here; ties count against the model
def ngram_embed(texts):
    return np.ones((len(texts), 64))


# %% ngram_bags one_row_for_all_texts
# hint: this is one vector for the whole list; return a row for each text, (N, D)
def ngram_embed(texts):
    return dssm_embed(texts).mean(axis=0)


# %% changed_model model_of_part_3_again
# hint: these are the vectors of part 3 once more; change something and train again
changed_embed = dssm_embed


# %% changed_model half_of_the_numbers
# hint: half of the numbers were thrown away and nothing was trained; change the model and train it again
def changed_embed(texts):
    return dssm_embed(texts)[:, ::2]


# %% changed_model same_vector_for_every_text
# hint: every text has the same vector here; ties count against the model
def changed_embed(texts):
    return np.ones((len(texts), 64))


# %% changed_model random_layer_on_top
# hint: a layer without training on top of part 3 changes its vectors and teaches nothing; train the changed model
torch.manual_seed(1)
layer = nn.Sequential(nn.Linear(64, 64), nn.ReLU())


def changed_embed(texts):
    with torch.no_grad():
        return layer(torch.tensor(dssm_embed(texts))).numpy()


# %% early_fusion cosine_of_part_3
# hint: this is the cosine of the vectors of part 3; let a trained network see both questions
def score_pairs(questions, candidates):
    left, right = torch.tensor(dssm_embed(questions)), torch.tensor(dssm_embed(candidates))
    return F.cosine_similarity(left, right).numpy()


# %% early_fusion network_not_trained
# hint: the network's weights are random: it was made and never trained
torch.manual_seed(1)
mlp = nn.Sequential(nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 1))


def score_pairs(questions, candidates):
    both = torch.cat([torch.tensor(dssm_embed(questions)), torch.tensor(dssm_embed(candidates))], dim=1)
    with torch.no_grad():
        return mlp(both).squeeze(1).numpy()


# %% early_fusion distance_in_place_of_score
# hint: the score grows with the distance here, so the worst candidate comes first; a likelier duplicate scores higher
def score_pairs(questions, candidates):
    return np.linalg.norm(dssm_embed(questions) - dssm_embed(candidates), axis=1)


# %% early_fusion constant_score
# hint: every pair has the same score here; ties count against the model
def score_pairs(questions, candidates):
    return [0.0] * len(questions)
