"""Load and cost benchmarks; what they measure and how stands in README.md."""
