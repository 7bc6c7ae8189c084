"""The park as a network: companies are nodes, exchanges in operation are arrows from seller to buyer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..run_folder.tables import RunTables

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


def running_at(exchanges: Any, month: float) -> Any:
    """Select the exchanges in operation in a month: started, and not yet ended."""
    return exchanges[(exchanges["start_month"] <= month) & ~(exchanges["end_month"] <= month)]


def open_companies(companies: Any, year: int) -> Any:
    """Select the companies that were open in a year."""
    return companies[(companies["year"] == year) & companies["open"].astype(bool)]


def graph_at(run: RunTables, month: int) -> nx.MultiDiGraph:
    """Build the network of one month: open companies with their sector, one arrow per exchange."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    year = run.start_year + month // 12
    for company in open_companies(run.companies, year).itertuples():
        graph.add_node(company.company, sector=company.sector)
    for flow in running_at(run.exchanges, month).itertuples():
        for name, sector in ((flow.seller, flow.seller_sector), (flow.buyer, flow.buyer_sector)):
            if name not in graph:
                graph.add_node(name, sector=sector)
        graph.add_edge(flow.seller, flow.buyer, key=flow.exchange, material=flow.material, quantity=flow.quantity)
    return graph


def network_by_year(run: RunTables) -> pd.DataFrame:
    """Measure the network at the end of each year; one row per year."""
    import pandas as pd

    rows = [
        {"year": year, **measure_network(graph_at(run, 12 * (year - run.start_year) + 11))}
        for year in range(run.start_year, run.end_year + 1)
    ]
    return pd.DataFrame(rows)


def measure_network(graph: nx.MultiDiGraph) -> dict[str, float | str | None]:
    """Measure one network. What a network is too small for is NaN.

    density: pairs with an exchange in at least one direction, over all pairs; centralisation: Freeman (1978,
    doi:10.1016/0378-8733(78)90021-7), 1 for a star; anchor_share: share of the exchanges with the most linked company
    on one end; largest_component: share of the linked companies in it; sector_assortment: Newman (2003,
    doi:10.1103/PhysRevE.67.026126); modularity: of the best split found by greedy merging (Clauset, Newman and Moore
    2004, doi:10.1103/PhysRevE.70.066111); nestedness: NODF (Almeida-Neto and others 2008,
    doi:10.1111/j.0030-1299.2008.16644.x).
    """
    import networkx as nx

    pairs = nx.Graph(graph.to_undirected())
    pairs.remove_edges_from(nx.selfloop_edges(pairs))
    linked = pairs.subgraph([name for name, degree in pairs.degree() if degree])
    parts = [len(part) for part in nx.connected_components(linked)]
    anchor, anchor_share = find_anchor(graph)
    return {
        "companies": float(graph.number_of_nodes()),
        "linked": float(linked.number_of_nodes()),
        "links": float(graph.number_of_edges()),
        "density": nx.density(pairs) if len(pairs) > 1 else np.nan,
        "mean_degree": 2.0 * graph.number_of_edges() / len(graph) if len(graph) else np.nan,
        "centralisation": centralisation(pairs),
        "components": float(len(parts)),
        "largest_component": max(parts) / linked.number_of_nodes() if parts else np.nan,
        "anchor": anchor,
        "anchor_share": anchor_share,
        "sector_assortment": assortment(linked),
        "modularity": modularity(linked),
        "nestedness": nestedness(adjacency(graph)),
    }


def find_anchor(graph: nx.MultiDiGraph) -> tuple[str | None, float]:
    """Find the company with most exchanges (first by name among equals) and the share of all that it has an end of."""
    if not graph.number_of_edges():
        return None, np.nan
    name, degree = min(graph.degree(), key=lambda pair: (-pair[1], str(pair[0])))
    loops = graph.number_of_edges(name, name)
    return str(name), (degree - loops) / graph.number_of_edges()


def centralisation(pairs: nx.Graph) -> float:
    """Return how far the degrees are from equal, relative to a star: sum(max - degree) / ((n - 1)(n - 2))."""
    degrees = np.array([degree for _, degree in pairs.degree()], float)
    if degrees.size < 3:
        return np.nan
    return float((degrees.max() - degrees).sum() / ((degrees.size - 1) * (degrees.size - 2)))


def assortment(linked: nx.Graph) -> float:
    """Return how much exchange stays within a sector: 1 all of it, 0 as by chance; NaN with one sector."""
    import networkx as nx

    if len(set(nx.get_node_attributes(linked, "sector").values())) < 2:
        return np.nan
    return float(nx.attribute_assortativity_coefficient(linked, "sector"))


def modularity(linked: nx.Graph) -> float:
    """Return the modularity of the best split into groups; NaN below three pairs, where it says nothing."""
    import networkx as nx

    if linked.number_of_edges() < 3:
        return np.nan
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(linked.nodes()))
    ordered.add_edges_from(sorted(tuple(sorted(pair)) for pair in linked.edges()))
    groups = nx.community.greedy_modularity_communities(ordered)
    return float(nx.community.modularity(ordered, groups))


def adjacency(graph: nx.MultiDiGraph) -> np.ndarray:
    """Return who sells to whom as a 0/1 matrix [sellers, buyers], without companies that do neither."""
    sellers = sorted({str(seller) for seller, _ in graph.edges()})
    buyers = sorted({str(buyer) for _, buyer in graph.edges()})
    matrix = np.zeros((len(sellers), len(buyers)))
    for seller, buyer in graph.edges():
        matrix[sellers.index(str(seller)), buyers.index(str(buyer))] = 1.0
    return matrix


def nestedness(matrix: np.ndarray) -> float:
    """Return NODF, 0 to 100: how far the partners of those with few are a part of the partners of those with many."""
    if min(matrix.shape, default=0) < 2:
        return np.nan
    rows, columns = pair_overlaps(matrix), pair_overlaps(matrix.T)
    return 100.0 * float(np.concatenate([rows, columns]).mean())


def pair_overlaps(matrix: np.ndarray) -> np.ndarray:
    """Return for each pair of rows how much of the emptier one is found in the fuller one; 0 when equally full."""
    fill = matrix.sum(axis=1)
    shared = matrix @ matrix.T
    first, second = np.triu_indices(len(matrix), k=1)
    smaller = np.minimum(fill[first], fill[second])
    share = shared[first, second] / np.maximum(smaller, 1.0)
    return np.where(fill[first] == fill[second], 0.0, share)


def degree_distribution(run: RunTables, month: int) -> pd.DataFrame:
    """Count the open companies by number of exchanges in a month; columns degree, companies, share, at_least."""
    import pandas as pd

    degrees = pd.Series([degree for _, degree in graph_at(run, month).degree()], dtype=int)
    counts = degrees.value_counts().sort_index()
    share = counts / max(1, len(degrees))
    at_least = share[::-1].cumsum()[::-1]
    frame = pd.DataFrame({"companies": counts, "share": share, "at_least": at_least})
    return frame.rename_axis("degree").reset_index()
