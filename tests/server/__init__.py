"""The real server, met by foreign clients, cut lines, kills and very large files."""
