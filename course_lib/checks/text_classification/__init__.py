"""Checks of `text_classification`: topics of news by CNN, hand-written RNN and GRU."""

from __future__ import annotations

from course_lib.checks.text_classification import loops, models, preparing, quality, recurrent

CHECKS = [
    preparing.TOKENIZE,
    preparing.VOCABULARY,
    preparing.UNKNOWN_SHARE,
    preparing.ENCODE,
    preparing.COLLATE,
    models.CNN_MODEL,
    loops.TRAIN_STEP,
    loops.EVALUATE,
    loops.TRAINING,
    quality.CNN_ACCURACY,
    recurrent.LAST_STATES,
    recurrent.RNN,
    models.RNN_MODEL,
    quality.RNN_ACCURACY,
    recurrent.GRU,
    quality.GRU_ACCURACY,
    loops.LOAD_VECTORS,
    loops.FREEZE_EMBEDDINGS,
    loops.TRAINING_FREEZE,
    quality.FROZEN_START,
]
MOST_BONUS = 0.0
