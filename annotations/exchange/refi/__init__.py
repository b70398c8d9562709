"""REFI-QDA, the exchange format of programs for qualitative analysis: projects and codebooks.

https://www.qdasoftware.org: specification 1.5. A project (``.qdpx``) is a zip file of an XML file,
``project.qde``, and the sources; a codebook (``.qdc``) is one XML file.
"""
