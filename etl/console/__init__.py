"""The process and the person before it: logs, tables, signals and exit codes."""
