"""Hold-up of investments in symbiosis."""
