"""The library file: schema, documents, highlights, codebook, journal. The only place with SQL."""
