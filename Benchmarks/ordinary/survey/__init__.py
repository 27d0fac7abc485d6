"""Ordinary junctions and arterials as survey sheets have them, and how plans for them are judged."""
