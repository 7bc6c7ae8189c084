"""ODD 2, Entities: every table of the state, its columns and its codes."""
