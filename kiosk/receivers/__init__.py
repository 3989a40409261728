"""Other systems that are told of each change of the attendance: once, in order, also after a cut."""
