"""The declarations in config/: read, checked against one another, and handed to the rooms as one value."""
