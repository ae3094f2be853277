//! The simulator: one world on a clock of its own, and an HTTP face of each provider.
