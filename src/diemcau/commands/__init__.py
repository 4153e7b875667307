"""What the command `diemcau` does, one module per subcommand group."""
