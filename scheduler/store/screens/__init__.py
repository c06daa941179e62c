"""What the dashboard's pages ask of the database: own questions, each bounded, one file a page."""
