"""Files of ready-made posts: bytes to rows, each read or complained about, with the cell and the way out."""
