"""Word (.docx) and OpenDocument (.odt) files, opened within bounds."""
