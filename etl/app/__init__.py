"""The composition root: here alone concrete classes are named and joined."""
