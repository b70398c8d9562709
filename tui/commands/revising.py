"""A document that has changed: its texts, and the review of what that did to its highlights."""

from __future__ import annotations

from tui.commands.command import Command, Family, Group, Scope, State

_on_case = Family("review", Group.REVISIONS, Scope.REVIEW)
_on_text = Family("revisions", Group.REVISIONS, Scope.REVISIONS)
_on_change = Family("revisions", Group.REVISIONS, Scope.CHANGES)

PLACING: tuple[Command, ...] = (
    Command(
        "place-here",
        "Place the highlight here",
        ("enter",),
        "Give the highlight that is reviewed the selected place",
        Group.REVISIONS,
        "review.place_here",
        State.PLACING | State.SELECTION,
        Scope.PAGE,
        hint="place here",
    ),
    Command(
        "place-leave",
        "Leave the highlight where it is",
        ("escape",),
        "Back to the review without giving the highlight another place",
        Group.REVISIONS,
        "review.place_leave",
        State.PLACING,
        Scope.PAGE,
        hint="back",
    ),
)
"""Go before what their keys mean otherwise."""

REVISING: tuple[Command, ...] = (
    Command(
        "review",
        "Review moved and lost highlights",
        ("R",),
        "Review the highlights that a new text of the document moved or lost",
        Group.LIBRARY,
        "review.start",
        State.DOCUMENT | State.UNSETTLED,
        hint="review",
    ),
    Command(
        "revisions",
        "Revisions of the document",
        ("D",),
        "The texts that the document has had, and what changed between them",
        Group.LIBRARY,
        "revisions.start",
        State.DOCUMENT,
    ),
    _on_case("review-accept", "It is in the right place; go on to the next", "accept", "a"),
    _on_case("review-edges", "Correct the edges of its new place", "edges", "r"),
    _on_case("review-place", "Place it by hand: select its words in the text", "place", "p"),
    _on_case("review-lost", "It has no place in this text; go on to the next", "leave lost", "x"),
    _on_case("review-accept-sure", "Accept all that are sure enough", "accept sure", "A"),
    _on_case("review-open", "Go to it in the text", "go to", "enter"),
    _on_case("review-again", "Place all of them again", "again", "R", needs=State.ALWAYS),
    _on_case("review-leave", "Back to the text", "text", "escape", "q", needs=State.ALWAYS),
    _on_text("revision-read", "Read this text", "read", "enter"),
    _on_text("revision-compare", "What changed from this text to the current one", "changes", "d"),
    _on_text("revision-current", "Make this text the document's", "make current", "c"),
    _on_text("revision-add", "Read a new text of the document from a file", "add a text", "a"),
    _on_text("revision-encoding", "Read its file again in another encoding", "encoding", "e"),
    _on_text("revision-leave", "Back", "back", "escape", "q", needs=State.ALWAYS),
    _on_change("change-open", "Go to the change in the text", "go to", "enter"),
    _on_change("change-leave", "Back", "back", "escape", "q", needs=State.ALWAYS),
)
