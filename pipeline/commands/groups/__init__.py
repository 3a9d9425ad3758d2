"""The commands as declared, one module a group: options and help here; the work stands in a module that is imported
when the command runs."""
