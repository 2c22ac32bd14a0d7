"""A random run of the program, and what the documentation alone says that it must print."""
