"""Parties: the names of a page gathered, so that each group of names is one entity's."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.lexicon.known import Gender, bodies, countries
from onrecord.lexicon.load import word_set
from onrecord.reading.aliases import aliases
from onrecord.reading.name import Name
from onrecord.reading.naming import acronyms, gender_of, is_part, parts, same_person, shortens
from onrecord.reading.titles import spelled_out
from onrecord.record import EntityType

_LOOKED_AT = 40  # full names before and after a surname


@dataclass(slots=True)
class Group:
    """Names with one normal form and one type, and which of them they are."""

    type: EntityType
    words: tuple[str, ...]
    names: list[int] = field(default_factory=list)


def gathered(text: str, names: Sequence[Name]) -> tuple[int, ...]:
    """Give for each name the number of its party; numbers go by first appearance."""
    types = [n.type for n in names]
    groups: dict[tuple[str, ...], Group] = {}
    of: list[Group] = []
    for i, name in enumerate(names):
        group = groups.setdefault(
            _key(text, name, types[i]), Group(types[i], parts(text[name.start : name.end], types[i]))
        )
        group.names.append(i)
        of.append(group)
    all_groups = list(groups.values())
    number = {id(g): k for k, g in enumerate(all_groups)}
    joined = _Joined(len(all_groups))
    for one, other in aliases(text, names):
        joined.join(number[id(of[one])], number[id(of[other])])
    _join_persons(all_groups, joined)
    _join_bodies(text, names, all_groups, joined)
    choice = [joined.root(number[id(g)]) for g in of]
    for i, home in _surnames(text, names, all_groups, of):
        choice[i] = joined.root(number[id(home)])
    order: dict[int, int] = {}
    return tuple(order.setdefault(c, len(order)) for c in choice)


def party_type(names: Sequence[Name]) -> EntityType:
    """Tell the type of a party by its names: a country is a place, else what most of them are."""
    if any(n.country is not None and n.country.how != "capital" for n in names):
        return "place"
    votes = Counter(n.type for n in names)
    return max(votes, key=lambda t: (votes[t], t == "person", t))


class _Joined:
    """Numbers that are joined into sets."""

    def __init__(self, size: int) -> None:
        self._up = list(range(size))

    def root(self, x: int) -> int:
        while self._up[x] != x:
            self._up[x] = self._up[self._up[x]]
            x = self._up[x]
        return x

    def join(self, x: int, y: int) -> None:
        x, y = self.root(x), self.root(y)
        self._up[max(x, y)] = min(x, y)


def settled(text: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """Give the names with the type that their words mostly have on the page; a surname is a person's."""
    votes: dict[str, Counter[EntityType]] = {}
    full: set[str] = set()
    for name in names:
        votes.setdefault(text[name.start : name.end], Counter())[name.type] += 1
        if name.type == "person":
            surname = parts(text[name.start : name.end], "person")
            full.update(" ".join(surname[at:]) for at in range(1, min(len(surname), 5)))  # "de Blasio"
    given: list[Name] = []
    for name in names:
        words = text[name.start : name.end]
        counts = votes[words]
        kind = name.type
        capital = kind == "person" and name.title is None and name.country is None and words in countries()
        if capital and words.lower() not in full:
            known = countries()[words]
            given.append(replace(name, type="place", country=known) if known.how == "capital" else name)
            continue
        borne = words.lower() in full and words in word_set("doubtful countries")
        if borne and name.country is not None and not name.nested:
            given.append(replace(name, type="person", country=None))  # "Jordan" of Jim Jordan
            continue
        if name.country is None and words.lower() in full and words[:1].isupper() and words not in bodies():
            kind = "person"
        elif name.country is None and words in bodies() and name.title is None:
            kind = "organization"
        elif name.country is None:
            kind = max(counts, key=lambda t: (counts[t], t))
        given.append(name if kind == name.type else replace(name, type=kind))
    return tuple(given)


def _key(text: str, name: Name, kind: EntityType) -> tuple[str, ...]:
    words = text[name.start : name.end]
    if name.country is not None and (name.country.how != "capital" or kind == "organization"):
        return ("country", name.country.code)
    if kind in ("organization", "other") and words in bodies():
        return ("body", bodies()[words].name)
    if kind == "place":
        words = words.partition(",")[0]
        if words in countries() and countries()[words].how != "capital":
            return ("country", countries()[words].code)
    return (kind, *parts(words, kind))


def _join_persons(groups: Sequence[Group], joined: _Joined) -> None:
    """Join full names of one person."""
    by_last: dict[str, list[int]] = {}
    for k, group in enumerate(groups):
        if group.type == "person" and len(group.words) > 1:
            for other in by_last.setdefault(group.words[-1], [])[-_LOOKED_AT:]:
                if same_person(group.words, groups[other].words):
                    joined.join(k, other)
            by_last[group.words[-1]].append(k)


def _surnames(
    text: str, names: Sequence[Name], groups: Sequence[Group], of: Sequence[Group]
) -> list[tuple[int, Group]]:
    """Give each name of one word the full name that it is short for.

    Of several who bear a surname: the one of the gender and office that its title tells; the last named in
    full in the same paragraph; the one that the page names most; the last named in full, else the next.
    """
    full: dict[str, list[tuple[int, int, Group]]] = {}
    for group in groups:
        if group.type == "person" and len(group.words) > 1:
            for word in {group.words[0], group.words[-1]}:
                full.setdefault(word, []).extend(
                    (names[i].start, is_part((word,), group.words), group) for i in group.names
                )
    for places in full.values():
        places.sort(key=lambda o: o[0])
    found = []
    others = _other_bearers(names, of, full) | _before_any(text, names, of, full)
    alone = Counter(g.words[0] for g in of if g.type == "person" and len(g.words) == 1)
    offices: dict[int, set[str]] = {}
    for name, group in zip(names, of, strict=True):
        if name.title is not None and name.title.words:
            offices.setdefault(id(group), set()).add(spelled_out(name.title.words))
    for i, name in enumerate(names):
        if of[i].type != "person" or len(of[i].words) != 1:
            continue
        if of[i].words[0] in others and not (name.title and name.title.gender == "f"):
            continue
        places = full.get(of[i].words[0], [])
        at = bisect_left(places, name.start, key=lambda o: o[0])
        options = [o for o in places[max(0, at - _LOOKED_AT) : at + _LOOKED_AT] if _may_be(name, o[2])]
        best = max((rank for _, rank, _ in options), default=0)
        options = [o for o in options if o[1] == best]
        if best == 1 and len({g.words for _, _, g in options}) > 1:
            continue  # a first name that two share
        options = _with_office(name, options, offices)
        before = [o for o in options if o[0] < name.start]
        last = max(before, key=lambda o: o[0], default=None)
        told = name.title is not None and name.title.gender is not None
        if not told and (last is None or "\n" in text[last[0] : name.start]):
            main = _main(of[i].words[0], full, alone)
            options = [o for o in options if o[2] is main] or options  # whom the page is about
            before = [o for o in options if o[0] < name.start]
        if options:
            found.append((i, (max if before else min)(before or options, key=lambda o: o[0])[2]))
    return found


def _main(
    word: str, full: Mapping[str, Sequence[tuple[int, int, Group]]], alone: Counter[str]
) -> Group | None:
    """Give whom of a surname's bearers the page names most, in full or by the first name; None for a draw."""
    bearers = {id(o[2]): o[2] for o in full.get(word, ())[: _LOOKED_AT * 5]}
    told = {k: len(g.names) + alone[g.words[0]] for k, g in bearers.items()}
    most = sorted(told, key=told.__getitem__, reverse=True)
    return bearers[most[0]] if most and (len(most) < 2 or told[most[0]] > told[most[1]]) else None


def _with_office(
    name: Name, options: list[tuple[int, int, Group]], offices: Mapping[int, Collection[str]]
) -> list[tuple[int, int, Group]]:
    """Give those of a surname's bearers who have the office before it, where the page gives it to some."""
    office = spelled_out(name.title.words) if name.title and name.title.words else ""
    return [o for o in options if office and office in offices.get(id(o[2]), ())] or options


def _other_bearers(
    names: Sequence[Name], of: Sequence[Group], full: Mapping[str, Sequence[tuple[int, int, Group]]]
) -> frozenset[str]:
    """Give the surnames that the page mostly uses of a man whose full name it never gives.

    "Mr. Obama" five times is not Michelle Obama, and then neither is "Obama" or "President Obama".
    """
    men: Counter[str] = Counter()
    for name, group in zip(names, of, strict=True):
        if group.type == "person" and len(group.words) == 1 and name.title and name.title.gender == "m":
            men[group.words[0]] += 1
    return frozenset(
        word
        for word, count in men.items()
        if len(full.get(word, ())) < count
        and all(gender_of(g.words) == "f" for _, _, g in full.get(word, ()))
    )


def _before_any(
    text: str,
    names: Sequence[Name],
    of: Sequence[Group],
    full: Mapping[str, Sequence[tuple[int, int, Group]]],
) -> frozenset[str]:
    """Give the surnames that the page uses by themselves, below its head, well before anybody's full name.

    Who is known by the surname alone from the start is not the wife or husband named in full much later.
    """
    head = text.find("\n", text.find("\n\n") + 2)
    bare: Counter[str] = Counter()
    early: dict[str, set[int]] = {}
    for name, group in zip(names, of, strict=True):
        if group.type != "person" or len(group.words) != 1 or name.nested:
            continue
        word = group.words[0]
        bare[word] += 1
        first = next(iter(full.get(word, ())), None)
        if first is not None and head < name.start < first[0] and first[2].words[-1] == word:
            early.setdefault(word, set()).add(text.rfind("\n", 0, name.start))
    return frozenset(w for w, found in early.items() if len(found) > 1 and bare[w] > 2 * len(full[w]))


def _may_be(name: Name, group: Group) -> bool:
    told: Gender | None = name.title.gender if name.title else None
    known = gender_of(group.words)
    return told is None or known is None or told == known


def _join_bodies(text: str, names: Sequence[Name], groups: Sequence[Group], joined: _Joined) -> None:
    """Join acronyms and short forms to the one longer name that they fit."""
    bodied = [
        k
        for k, g in enumerate(groups)
        if g.type in ("organization", "other") and g.words and names[g.names[0]].country is None
    ]
    longer: dict[str, list[int]] = {}
    for k in bodied:
        if len(groups[k].words) > 1:
            keys = (groups[k].words[0], groups[k].words[-1], *acronyms(_words(text, names, groups[k])))
            for key in dict.fromkeys(keys):
                longer.setdefault(key, []).append(k)
    for k in bodied:
        words = _words(text, names, groups[k])
        alike = [*longer.get(groups[k].words[0], ()), *longer.get(groups[k].words[-1], ())]
        fits = [j for j in alike[:_LOOKED_AT] if j != k and shortens(groups[k].words, groups[j].words)]
        letters = words.replace(".", "")
        if letters.isupper():
            fits += [j for j in longer.get(letters, [])[:_LOOKED_AT] if j != k]
        if len({joined.root(j) for j in fits}) == 1:
            joined.join(k, fits[0])


def _words(text: str, names: Sequence[Name], group: Group) -> str:
    name = names[group.names[0]]
    return text[name.start : name.end]
