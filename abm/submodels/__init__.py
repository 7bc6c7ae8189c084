"""One file per submodel: pure functions of tables and numbers."""
