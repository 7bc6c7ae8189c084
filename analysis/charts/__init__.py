"""Charts: colours, numbers, SVG without a plot library, and figures by matplotlib."""
