"""What every part of a shop stands on and no part of it names: database, REST, errors, jobs, mail, clock.

Nothing in here knows a shop word. Domains import the kit, never the other way round.
"""
