"""The tutorial "Order processing with MSI", call by call, as its two editions tell it (70-tutorial-inventory).

    editions       what the two editions create and which numbers they name
    environment    step 1: websites, stores, store views, configuration
    sources        step 2
    stocks         step 3
    links          step 4: which stock is served by which sources
    products       step 5 of the first edition; the second one finds them in its shop
    source_items   step 6, in the second edition step 5: what lies where
    customers      step 7, in the second edition step 6; so are the next ones a step earlier there
    cart           step 8
    checkout       step 9
    order          step 10
    invoice        step 11
    source_selection, shipments
                   steps 12 and 13, which are 11 and 12 in the second edition
    transfer       step 13 of the second edition alone
    rival          who wants the same goods and comes second

Each step has `play`, the calls of the tutorial; `verify`, what can be read afterwards; and `refuse`, what is turned
down and leaves everything as it was.
"""
