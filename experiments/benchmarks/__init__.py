"""Speed and scale as ratios, measured side by side."""
