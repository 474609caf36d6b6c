"""`python -m entrepot` is the command `entrepot`, for an environment whose scripts are not on the path."""

from entrepot.cli import main

main()
