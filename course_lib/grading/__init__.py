"""From a submission to a score: rebuild, run in a sandbox, judge outside, record."""
