"""The tutorial "Order processing" with one source, call by call (71-tutorial-orders).

    shop_setup     step 1: settings, table rates, and the goods that it takes from Magento's sample data
    customers      steps 2 and 3
    cart           steps 4 and 5
    checkout       step 6
    order          step 7
    invoice        step 8
    shipment       step 9
    refund         step 10
    guest          the same up to step 7 without an account
    listing        step 11

The tutorial also buys a configurable hoodie and a kit of four. There are no such products yet, so its numbers are not
those of the page: 40 dollars of goods instead of 160.

Each step has `play`, the calls of the tutorial; `verify`, what can be read afterwards; and `refuse`, what is turned
down and leaves everything as it was.
"""
