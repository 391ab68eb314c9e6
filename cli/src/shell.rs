//! What shells and `man` are told of the command line.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Command;
use clap_complete::Shell;

use crate::output::{note, print, shown};

/// Arguments of `completions`.
#[derive(clap::Args)]
pub struct Completions {
    /// The shell.
    shell: Shell,
}

/// Arguments of `man`.
#[derive(clap::Args)]
pub struct Man {
    /// Write a page for each command into this folder, which is made if it is not there. Without it the page on the whole
    /// program is printed.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints what a shell reads to complete the arguments of this program.
pub fn completions(mut command: Command, arguments: &Completions) -> anyhow::Result<u8> {
    let name = command.get_name().to_owned();
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut out);
    print(&String::from_utf8_lossy(&out))?;
    Ok(0)
}

/// Prints the page on the program, or writes all pages.
pub fn man(command: Command, arguments: &Man) -> anyhow::Result<u8> {
    let Some(folder) = &arguments.out else {
        let mut out = Vec::new();
        clap_mangen::Man::new(command)
            .render(&mut out)
            .context("the page")?;
        print(&String::from_utf8_lossy(&out))?;
        return Ok(0);
    };
    std::fs::create_dir_all(folder).with_context(|| shown(folder))?;
    clap_mangen::generate_to(command, folder).with_context(|| shown(folder))?;
    note!("pages written to {}", shown(folder));
    Ok(0)
}
