"""Archives: sources cut into shards, one `run_shard` for all engines, a folder of output that survives any end."""
