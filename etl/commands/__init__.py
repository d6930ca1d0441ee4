"""The commands of `figurewatch`, a module each: `register(commands)` declares its arguments, `run(args)` returns the exit status."""
