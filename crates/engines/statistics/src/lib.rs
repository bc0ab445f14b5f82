#![warn(missing_docs)]
//! What experiments and models need: valid sequential tests, sample sizes, allocation, learning.
