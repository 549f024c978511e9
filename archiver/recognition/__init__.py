"""Text to findings: category, fields, dates, whose paper it is. Pure."""
