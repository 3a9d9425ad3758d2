"""The statistical tagger: a linear-chain CRF over characters, worked with numpy alone.

`features` says what it sees of a character, `model` reads and writes its weights, `decode` finds the best labels,
`names` makes names of them. It is taught by `pipeline.training`.
"""
