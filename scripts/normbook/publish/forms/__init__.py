"""The book in the forms that other programs read: beside each page, and in bulk. Nothing here reads or writes a file.

What is written in bulk goes to a binary stream that the caller opens; the same records give the same bytes.
"""
