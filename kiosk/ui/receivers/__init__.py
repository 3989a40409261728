"""Other systems that are told of each entry and exit: how they are, and what can be done about it."""
