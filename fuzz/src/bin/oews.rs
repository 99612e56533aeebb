#![no_main]

stack_atlas_fuzz::target!("oews");
