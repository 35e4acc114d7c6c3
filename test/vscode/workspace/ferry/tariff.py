import json
from pathlib import Path

PRICES = json.loads((Path(__file__).parent / "prices.json").read_text())
CAR = 30.0
PASSENGER = PRICES["passenger"]
