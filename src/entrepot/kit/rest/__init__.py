"""The REST interface: from bytes to the parameters of an operation, and from its answer back to bytes."""
