"""The sections of Stores > Configuration, one a module: `SECTION` in each."""
