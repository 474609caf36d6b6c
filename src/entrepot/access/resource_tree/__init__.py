"""The branches of the tree of resources, one a module, as the Admin shows them to whoever edits a role."""
