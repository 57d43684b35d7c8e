"""Draws weeks of the rules' case files, as SVG for the rules' pages."""
