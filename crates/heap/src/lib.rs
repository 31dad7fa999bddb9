//! Object layout, allocation, garbage collection and relocatable segments.
