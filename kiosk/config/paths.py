"""Where things lie: the project's folder and what comes with it, and folders in the data directory."""

from __future__ import annotations

from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[2]
ASSETS_DIR = PROJECT_DIR / "assets"
MODELS_DIR = PROJECT_DIR / "models"
ENV_FILE = PROJECT_DIR / ".env"
DEFAULT_DATA_DIR = PROJECT_DIR / "data"


def demo_dir(data_dir: Path) -> Path:
    """Return the folder of the demo's clip and of its own journal."""
    return data_dir / "demo"
