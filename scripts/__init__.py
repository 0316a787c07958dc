"""Scripts of the repository, run by hand."""
