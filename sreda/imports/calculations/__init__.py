"""Reading tables and judging their cells. Nothing here knows Django."""
