"""GraphML and GEXF: a directed multigraph of parties, its edges signed, dated and with their claimants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from onrecord.errors import StoreError
from onrecord.export.network import Identity, by_name, network
from onrecord.export.paged import Paged
from onrecord.export.visible import visible

_NO_XML = re.compile("[\ufffe\uffff\ud800-\udfff]|[\U0001fffe-\U0001ffff]")
_TODAY = re.compile(r' lastmodifieddate="[^"]*"')


def graphml(pages: Iterable[Paged], identity: Identity = by_name) -> Iterator[str]:
    """Give the network as GraphML."""
    networkx = _networkx()
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    for line in networkx.generate_graphml(graph(pages, identity), named_key_ids=True):
        yield f"{line}\n"


def gexf(pages: Iterable[Paged], identity: Identity = by_name) -> Iterator[str]:
    """Give the network as GEXF 1.2, without the date of writing, which would make each file another."""
    networkx = _networkx()
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    for line in networkx.generate_gexf(graph(pages, identity)):
        yield _TODAY.sub("", f"{line}\n")


def graph(pages: Iterable[Paged], identity: Identity = by_name) -> Any:
    """Give the network as a ``networkx.MultiDiGraph``; an edge's key is its page, entry and ends."""
    made = _networkx().MultiDiGraph()
    nodes, edges = network(pages, identity)
    for node in nodes:
        fields = {name: _xml(value) for name, value in asdict(node).items() if name not in ("key", "name")}
        made.add_node(node.key, label=_xml(node.name), **fields)
    for edge in edges:
        fields = {
            name: _xml(v) for name, v in asdict(edge).items() if name not in ("key", "source", "target")
        }
        # GEXF has words of its own for an edge's kind and type, and would take ours for them.
        fields["entry"], fields["relation"] = fields.pop("kind"), fields.pop("type")
        made.add_edge(edge.source, edge.target, key=edge.key, id=edge.key, **fields)
    return made


def _xml(value: Any) -> Any:
    """Give words as XML can hold them."""
    return _NO_XML.sub("\ufffd", visible(value)) if isinstance(value, str) else value


def _networkx() -> Any:
    try:
        import networkx
    except ImportError as error:
        raise StoreError("graphs need networkx: pip install 'onrecord[graphs]'") from error
    return networkx
