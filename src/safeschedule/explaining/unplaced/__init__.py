"""Why a request is left out, option by option, and the cheapest ways in."""
