"""What makes things that are kept in the repository."""
