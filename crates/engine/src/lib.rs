//! The embedding API: engines, contexts, evaluation, adoption, compilation policy, save and restore.
