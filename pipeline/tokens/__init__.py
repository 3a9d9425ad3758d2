"""Sentences and words: rjieba or jieba between the numerals and times that the scan marked first."""
