"""The types that stages meet in, offsets, the overlap policy and the errors. Imports nothing else of the project."""
