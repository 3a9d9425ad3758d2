"""Mentions: quantities, times and entities.

`entities.find_entities` looks for names on the words of an article: `gazetteer` knows the names and signs of the tables,
`items` writes the article as a line of signs, `organisations` and `places` read patterns on that line, `persons` looks at
surnames, titles and foreign names, `aliases` carries what was found through the article and gives the ids.
"""
