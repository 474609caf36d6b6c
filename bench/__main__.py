"""All measurements, one after the other: `make bench`."""

from __future__ import annotations

import asyncio

from bench import dispatcher, rest


def main() -> None:
    print("The dispatcher alone")
    asyncio.run(dispatcher.main())
    print("\nThe customer's part over sockets")
    rest.main()


if __name__ == "__main__":
    main()
