//! Stories, permission matrix and the statement check: tests of the whole program.
