#![warn(missing_docs)]
//! Who decides, and by when: calendars, absences, loads, steps.
