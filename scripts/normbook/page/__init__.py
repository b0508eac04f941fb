"""What a copied page says about itself: which lines are the page's and which are the matter."""
