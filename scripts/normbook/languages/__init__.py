"""Languages as data: one TOML file each, the notation of its phrases, and lists of English words."""
