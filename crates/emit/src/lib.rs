//! Partitions a module, emits shards in parallel, writes objects, archives and links the image file.
