"""Events, plans and explanations of how long papers are kept."""
