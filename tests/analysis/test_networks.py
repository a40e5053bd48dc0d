"""Networks: against networkx, their signs, and what two of them differ in."""

from __future__ import annotations

from itertools import combinations

import networkx

from onrecord.analysis.networks import Network, balance, difference, largest, network, network_of
from onrecord.store.filter import Filter
from onrecord.store.network_rows import Link, Member
from onrecord.store.tables import pandas_frame

TALKS = {"CONSULT", "AGREE", "REQUEST"}


def link(one: str, kind: str, other: str, status: str = "asserted", what: str = "events") -> Link:
    ends = Member(one, one, None), Member(other, other, None)
    name = f"{one}{kind}{other}{status}"
    return Link(*ends, what, kind, None, status, "1962-10-01", "p", name, "Wire", name)  # type: ignore[arg-type]


def made(*links: Link) -> Network:
    return network_of(links)


def test_edges_and_degrees_are_those_of_networkx(view):
    found = network(view)
    graph = networkx.MultiDiGraph()
    events, relations = pandas_frame(view, "events"), pandas_frame(view, "relations")
    for row in events[events.status.isin(["asserted", "habitual"])].itertuples():
        graph.add_edges_from((a, b) for a in row.actors for b in row.recipients)
    for row in relations[(relations.polarity == "positive")].itertuples():
        if row.type not in ("commands", "member_of", "located_in"):
            graph.add_edge(row.subject, row.object)
    named = [n for n in graph if n[:1].isupper() or (n.startswith("the ") and n[4:5].isupper())]
    simple = networkx.DiGraph(graph.subgraph(named))
    simple.remove_edges_from(list(networkx.selfloop_edges(simple)))
    names = {node.key: node.name for node in found.nodes}
    assert {(names[e.source], names[e.target]) for e in found.edges} >= {
        (a, b) for a, b in simple.edges if a in ("Arden",)
    }
    undirected = networkx.Graph([(e.source, e.target) for e in found.edges])
    assert {node.key: node.degree for node in found.nodes} == dict(undirected.degree)
    assert found.described > 0  # "the quay"


def test_balance_is_what_networkx_finds():
    links = [
        link("A", "SUPPORT", "B"), link("B", "SUPPORT", "C"), link("A", "ASSAULT", "C"),
        link("C", "AID", "D"),
        link("D", "ACCUSE", "A"), link("D", "ACCUSE", "B"), link("B", "ACCUSE", "D"),
        link("A", "CONSULT", "E"),
        link("E", "SUPPORT", "B"),
    ]  # fmt: skip
    found = made(*links)
    signs = {
        frozenset((e.source, e.target)): 1 if e.sign == "positive" else -1
        for e in found.edges
        if e.sign in ("positive", "negative")
    }
    graph = networkx.Graph([tuple(pair) for pair in signs])
    triangles = [t for t in networkx.enumerate_all_cliques(graph) if len(t) == 3]
    even = [t for t in triangles if _product(signs, t) > 0]
    counted = balance(found)
    assert (counted.triangles, counted.balanced) == (len(triangles), len(even))
    assert counted.triangles == 4


def _product(signs: dict[frozenset[str], int], triangle: list[str]) -> int:
    product = 1
    for pair in combinations(triangle, 2):
        product *= signs[frozenset(pair)]
    return product


def test_signs():
    both = made(link("A", "SUPPORT", "B"), link("A", "ASSAULT", "B"), link("B", "CONSULT", "A"))
    assert {(e.source, e.sign) for e in both.edges} == {("A", "mixed"), ("B", "neutral")}
    assert made(link("A", "supports", "B", "negative", "relations")).edges[0].sign == "negative"
    assert made(link("A", "fights", "B", "negative", "relations")).edges == ()


def test_a_happening_told_twice_weighs_once():
    one = link("A", "ASSAULT", "B")
    assert made(one, one).edges[0].weight == 1


def test_what_is_only_denied_is_no_tie_but_is_kept():
    found = made(link("A", "ASSAULT", "B", "denied"))
    assert found.edges == ()
    assert found.nodes == ()
    assert found.denied[0].denied == 1
    assert found.denied[0].evidence


def test_parties_known_by_a_description_only_are_left_out_and_counted():
    found = made(link("A", "ASSAULT", "a group of women"), link("A", "AID", "B"))
    assert [node.name for node in found.nodes] == ["A", "B"]
    assert found.described == 1


def test_two_networks_differ():
    one = made(
        link("A", "SUPPORT", "B"), link("A", "ASSAULT", "C"), link("C", "AID", "D"), link("B", "AID", "D")
    )
    other = made(link("A", "ACCUSE", "B"), link("A", "ASSAULT", "C", "denied"), link("D", "AID", "A"),
                 link("B", "SUPPORT", "D"))  # fmt: skip
    found = {(d.source, d.target): (d.whose, d.contradicted) for d in difference(one, other)}
    assert found == {
        ("A", "B"): ("opposite", False), ("A", "C"): ("one", True), ("C", "D"): ("one", False),
        ("D", "A"): ("other", False), ("B", "D"): ("same", False),
    }  # fmt: skip


def test_according_to_a_party_and_on_its_days(view):
    of_watch = network(view, Filter(party="Harbor Watch"))
    assert {node.name for node in of_watch.nodes} == {"Arden", "Harbor Watch"}
    assert network(view, Filter(since="1800-01-01", until="1801-01-01")).edges == ()


def test_the_largest_are_those_of_most_ties():
    star = made(*(link("A", "AID", name) for name in "BCD"), link("C", "AID", "D"))
    assert {node.name for node in largest(star, 3).nodes} == {"A", "C", "D"}
