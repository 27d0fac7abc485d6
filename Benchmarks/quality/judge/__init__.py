"""Scores signal timing plans with SUMO, so that Greenwave is judged by a model that is not its own."""
