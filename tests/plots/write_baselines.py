"""Writes the stored pictures anew: python -m tests.plots.write_baselines. Look at each of them afterwards."""

from tests.plots.given import every
from tests.plots.test_pictures import BASELINES, DPI

if __name__ == "__main__":
    for name, plot in every().items():
        path = BASELINES / f"{name}.png"
        path.write_bytes(plot.image("png", DPI))
        print(path)
