"""Where the tree and the kept vectors are, wherever a test stands."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "tests" / "vectors"
