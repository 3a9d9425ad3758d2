"""Teaching the tagger: annotated corpora in, a model file out, and how good a tier is.

`corpus` reads annotated sentences, `examples` turns them into what the learner takes, `learn` trains a CRF with
python-crfsuite (the extra ``train``) and writes its weights as whole numbers, `measure` scores names and fits what
confidence means.
"""
