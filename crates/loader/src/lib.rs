//! Opens an image: checks, selects the target, maps, merges shard tables.
