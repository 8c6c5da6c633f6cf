"""Checks of `ranking`: duplicate questions by word vectors. One module for each part, one for measured quality."""

from __future__ import annotations

from course_lib.checks.ranking import dssm, quality, trigrams, vectors

CHECKS = [
    vectors.WORD_VECTORS,
    vectors.VALIDATION_CORPUS,
    vectors.EMBEDDER,
    vectors.HITS_AT_K,
    vectors.SCORER,
    vectors.TEXT_PREPROCESSOR,
    quality.LIFT,
    trigrams.SPLIT_VOCABULARY,
    trigrams.TRIGRAM_TOKENIZER,
    trigrams.TRIGRAM_DATASET,
    trigrams.COLLATE,
    trigrams.TRIGRAM_MODEL,
    trigrams.TRAINER,
    trigrams.INFERENCE,
    trigrams.COMPLETE_VECTORS,
    quality.TRIGRAM_LIFT,
    dssm.VOCABULARY,
    dssm.TEXT_TOKENIZER,
    dssm.FORM_PAIRS,
    dssm.QUESTION_DATASET,
    dssm.IDS_AND_OFFSETS,
    dssm.PAIR_COLLATE,
    dssm.DSSM_MODEL,
    dssm.NT_XENT,
    dssm.PAIR_TRAINER,
    quality.DSSM_LIFT,
    quality.COSINE_TRIGRAMS,
    quality.CHAR_LSTM,
    quality.NGRAM_BAGS,
    quality.CHANGED_MODEL,
    quality.EARLY_FUSION,
]
MOST_BONUS = 3.0  # points that bonus tasks can add
