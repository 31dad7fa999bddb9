//! Abstract interpretation over the method tables, and language-level optimisation.
