"""Company: a Mesa agent that is a view of its row; nothing is stored in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import mesa

from .entities.codes import CLOSED, OPEN
from .entities.tables import describe

if TYPE_CHECKING:
    from .park import Park


class HasPark(Protocol):
    """What an agent needs of its model: the park that it is a row of, and a way to close it."""

    park: Park

    def close_company(self, company: str, year: float | None = None) -> None:
        """Let a company close in the month to come, or at a decimal year."""


class Column:
    """A column of the table of companies, read and written through an agent."""

    def __init__(self, name: str, unit: str, meaning: str):
        self.name = name
        self.__doc__ = f"{meaning} [{unit}]"

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """Return the value in the agent's row."""
        return self if agent is None else agent.model.park.state.companies[self.name][agent.row].item()

    def __set__(self, agent: Any, value: Any) -> None:
        """Write the value into the agent's row."""
        agent.model.park.state.companies[self.name][agent.row] = value


class Company(mesa.Agent):
    """A company of the park. Every column of its row is an attribute (`abm/entities/state.py` lists them).

    row: its place in the tables. name, label, type_name, sector_name: words.
    """

    def __init__(self, model: HasPark, row: int):
        super().__init__(model)  # type: ignore[arg-type]  # Mesa asks for its own class, which carries the park
        # Mesa 3.3 counts the agents of a model in a table of the class, which would hold every model for ever.
        getattr(mesa.Agent, "_ids", {}).pop(model, None)
        self.unique_id = row + 1
        self.row = row

    def remove(self) -> None:
        """Close the company in the month to come, by the model's own rules, and leave the model's agents at once.

        Its exchanges end then, and it signs no more. Raises InputError when it is not open.
        """
        self.model.close_company(self.name)
        super().remove()

    @property
    def name(self) -> str:
        """Return the company's name."""
        return self.model.park.names[self.row]

    @property
    def type_name(self) -> str:
        """Return the name of the type it has now."""
        return self.model.park.scenario.tables["types"][self.type].type

    @property
    def sector_name(self) -> str:
        """Return the name of its sector."""
        return self.model.park.scenario.tables["sectors"][self.sector].sector

    @property
    def is_open(self) -> bool:
        """Tell whether the company is open."""
        return self.status == OPEN

    @property
    def is_closed(self) -> bool:
        """Tell whether the company has closed."""
        return self.status == CLOSED

    @property
    def pos(self) -> tuple[float, float]:
        """Return where it stands, in km."""
        return self.x, self.y

    @pos.setter
    def pos(self, place: tuple[float, float] | None) -> None:
        """Refuse: a company stands where its row says. Mesa clears the position of a new agent, which has no row yet."""
        if place is not None or hasattr(self, "row"):
            raise AttributeError(
                f"{self.name} cannot be moved: places are fixed once the park is founded"
                " (x_km and y_km, or lat and lon, in companies.csv)"
            )

    def step(self) -> None:
        """Do nothing: the month is run for all companies at once (`abm/schedule.py`)."""


for _name, _, _unit, _meaning in describe("companies"):
    setattr(Company, _name, Column(_name, _unit, _meaning))
