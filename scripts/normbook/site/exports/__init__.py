"""The book in the forms that other programs read: beside each page, and in bulk. Nothing here reads or writes a file."""
