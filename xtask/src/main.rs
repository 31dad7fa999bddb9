//! The workspace's own commands; builds and starts `tintype` for what needs it.

fn main() {}
