### Who decides, and by when.
