### Area: desk. Keys start with the name of the thing they belong to.
