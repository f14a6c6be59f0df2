"""Documents that leave: their facts, their recipients and their dispatch."""
