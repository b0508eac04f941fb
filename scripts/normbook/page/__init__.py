"""What a copied page says about itself: which of its lines are the page's and not the text's."""
