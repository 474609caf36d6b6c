"""What a cart comes to: a pipeline of collectors, told with worked tables in docs/algorithms/totals.md."""
