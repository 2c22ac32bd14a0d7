"""The edges at which frameworks and their imitations part: tiny sets, and the frameworks' calls."""
