//! The SQL of carts.
