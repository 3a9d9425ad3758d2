"""Mentions: quantities, times and entities.

`entities.find_entities` looks for names on the words of an article: `gazetteer` knows the names and signs of the
tables, `items` writes the article as a line of signs, `grammar` reads patterns on that line, `persons` looks at titles,
surnames and foreign names, `aliases` carries what was found through the article, `identity` gives ids and codes.
"""
