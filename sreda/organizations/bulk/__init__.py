"""Many rows at once: for imports, restore and the demo."""
