//! Whole lives of a function: every way an init ends, and whatever can happen while it is idle, handles an event, or works after
//! an answer; one event at a time, and several.

mod init;
mod managed;
mod scene;
mod signals;
mod snapstart;
mod upheaval;
