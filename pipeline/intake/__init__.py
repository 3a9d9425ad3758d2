"""Bytes and files in, articles out: decoding, sources, and the layout of pages."""
