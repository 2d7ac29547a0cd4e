"""Writing the demo region through the doors of the contexts."""

from sreda.demo.bulk.loading import AlreadyFilled, Loaded, NotDemo, load_demo

__all__ = ["AlreadyFilled", "Loaded", "NotDemo", "load_demo"]
