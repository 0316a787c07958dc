"""Rules that find quotations and who says them; `metoo_research.quotations` applies them."""
