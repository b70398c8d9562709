"""The screens for the whole library: passages, history, codebook."""

from __future__ import annotations

from tui.commands.command import Command, Family, Group, Scope, State

_on_tags = Family("codebook", Group.CODEBOOK, Scope.CODEBOOK)
_of_tags = _on_tags._replace(module="describing")
_on_passages = Family("passages", Group.PASSAGES, Scope.PASSAGES)
_on_search = Family("search", Group.SEARCH, Scope.SEARCH, State.HITS)
_on_history = Family("history", Group.HISTORY, Scope.HISTORY, State.ALWAYS)
_on_duplicates = Family("duplicates", Group.DUPLICATES, Scope.DUPLICATES)

STATIONS: tuple[Command, ...] = (
    Command(
        "passages",
        "Passages",
        ("ctrl+f",),
        "Ask for passages by their tags, texts, notes: the list of all that answer",
        Group.LIBRARY,
        "passages.start",
    ),
    _on_passages("passage-open", "Go to the passage in its document", "go to", "enter"),
    _on_passages("passage-mark", "Mark the passage, or take the mark off", "mark", "space"),
    _on_passages("passage-mark-all", "Mark all passages, or none", "all", "*"),
    _on_passages("passage-tag", "Tag the marked passages, or this one", "tag", "t"),
    _on_passages("passage-untag", "Take a tag off the marked passages, or this one", "untag", "T"),
    _on_passages("passage-split", "Give them another tag instead of one", "replace", "s"),
    _on_passages("passage-colour", "Colour the marked passages, or this one", "colour", "C"),
    _on_passages("passage-remove", "Remove the marked highlights, or this one", "remove", "x"),
    _on_passages("passage-code", "Tag the sentences or paragraphs of all passages", "code", "A"),
    _on_passages("passage-export", "Export just these passages", "export", "e"),
    _on_passages("passage-query", "Ask something else", "query", "/", needs=State.ALWAYS),
    _on_passages("passage-save", "Keep the query under a name", "save", "S", needs=State.ALWAYS),
    _on_passages("passage-recall", "Ask a query that was kept", "recall", "o", needs=State.ALWAYS),
    _on_passages("passage-leave", "Back", "back", "escape", "q", needs=State.ALWAYS),
    Command(
        "search",
        "Search",
        ("ctrl+s",),
        "Search all documents, notes and tags for words; what is found comes while you type",
        Group.LIBRARY,
        "search.start",
    ),
    _on_search(
        "hit-open", "Go to the place in its document", "go to", "enter", needs=State.ENTRIES
    ),
    _on_search("hit-mark", "Mark the place, or take the mark off", "mark", "space"),
    _on_search("hit-mark-all", "Mark all places that are listed, or none", "all", "*"),
    _on_search("hit-code", "Tag the marked places, or all that were found", "tag", "A"),
    _on_search("hit-export", "Export the marked places, or all that were found", "export", "e"),
    _on_search("hit-query", "Search for something else", "search", "/", needs=State.ALWAYS),
    _on_search("hit-save", "Keep the search under a name, as a folder", "save", "S"),
    _on_search("hit-recall", "Search for what was kept", "recall", "o", needs=State.ALWAYS),
    _on_search("hit-leave", "Back", "back", "escape", "q", needs=State.ALWAYS),
    Command(
        "history",
        "History",
        ("H",),
        "What was done, by whom and when; take one act back, or go back to a moment",
        Group.LIBRARY,
        "history.start",
    ),
    _on_history(
        "act-revert",
        "Take this act back, whatever came after it",
        "take back",
        "x",
        needs=State.ENTRIES,
    ),
    _on_history(
        "act-restore",
        "Go back to how it was right after this act",
        "go back to here",
        "R",
        needs=State.ENTRIES,
    ),
    _on_history("act-mine", "Only my acts, or everybody's", "only mine", "m"),
    _on_history("act-document", "Only acts on the open document, or on all", "this document", "d"),
    _on_history("act-find", "Find acts by words, tag, coder, document or day", "find", "/"),
    _on_history("act-tag", "Only acts with a tag", "tag", "t"),
    _on_history("act-coder", "Only acts of whoever did this one, or everybody's", "coder", "c"),
    _on_history("act-day", "Only acts of the day of this one, or of all days", "day", "y"),
    _on_history("act-leave", "Back to the text", "text", "escape", "q"),
    Command(
        "codebook",
        "Codebook",
        ("ctrl+t",),
        "The tags as a tree: counts, names, descriptions, colours, keys",
        Group.LIBRARY,
        "codebook.start",
    ),
    _on_tags("tag-passages", "Passages of the tag", "passages", "enter"),
    _on_tags(
        "tag-add",
        "Make a tag, below the one that is pointed at or elsewhere",
        "new",
        "a",
        needs=State.ALWAYS,
    ),
    _on_tags("tag-rename", "Rename the tag; those below it follow", "rename", "r"),
    _on_tags("tag-move", "Move the tag, with those below it, under another", "move", "m"),
    _on_tags("tag-merge", "Merge the tag into another", "merge", "M"),
    _on_tags("tag-split", "Split the tag: pick the passages that get another one", "split", "s"),
    _of_tags(
        "tag-describe",
        "Describe the tag: what it is for, when to use it, when not",
        "describe",
        "d",
    ),
    _of_tags("tag-note", "Write a note on the tag", "note", "n"),
    _of_tags("tag-colour", "Colour the tag", "colour", "c"),
    _of_tags("tag-key", "Put the tag on a digit from 1 to 9", "key", "#"),
    _of_tags(
        "tag-exclusive",
        "Say that a passage bears at most one of the tags below, or take it back",
        "one of",
        "=",
    ),
    _of_tags("tag-earlier", "Put the tag before its sibling (low, medium, high)", "earlier", "<"),
    _of_tags("tag-later", "Put the tag after its sibling", "later", ">"),
    _on_tags("tag-delete", "Delete the tag, with those below it", "delete", "x"),
    _on_tags("tag-fold", "Hide the tags below", "fold", "h", "left"),
    _on_tags("tag-unfold", "Show the tags below", "unfold", "l", "right"),
    _on_tags("tag-find", "Find a tag", "find", "/", needs=State.ALWAYS),
    _on_tags("tag-leave", "Back to the text", "text", "escape", "q", needs=State.ALWAYS),
    Command(
        "duplicates",
        "Documents nearly the same",
        ("=",),
        "Documents that are nearly the same: make one a revision of the other, or delete one",
        Group.LIBRARY,
        "duplicates.start",
    ),
    _on_duplicates("alike-later", "Read the document that was added later", "later", "enter"),
    _on_duplicates("alike-earlier", "Read the one that was added earlier", "earlier", "o"),
    _on_duplicates(
        "alike-link", "Make the later document a revision of the earlier one", "link", "l"
    ),
    _on_duplicates("alike-delete", "Delete the later document", "delete", "x"),
    _on_duplicates("alike-leave", "Back to the text", "text", "escape", "q", needs=State.ALWAYS),
)
