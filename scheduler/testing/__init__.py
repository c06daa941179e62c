"""For authors of channels: fakes, a network inside the process, and the contract suite. Nothing here needs pytest."""
