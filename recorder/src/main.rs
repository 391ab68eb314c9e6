//! `slate-recorder --to URL --port N --out FILE`: what `cargo xtask record` starts. What the project says of its API is read from
//! standard input, as JSON.

use std::cmp::Reverse;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser;
use slate_recorder::mask::{Mask, Masked};
use slate_recorder::proxy::Proxy;
use slate_recorder::{Counts, Settings};
use tokio::net::TcpListener;

/// Bad usage, or a file that cannot be written.
const BAD_INPUT: u8 = 2;

/// So many names are shown at the end.
const SHOWN: usize = 20;

/// Forwards to an API, and writes down what both say, without secrets and personal data.
#[derive(Parser)]
struct Arguments {
    /// The address of the API.
    #[arg(long, value_name = "URL")]
    to: String,
    /// The port of this machine to listen on.
    #[arg(long, value_name = "N")]
    port: u16,
    /// The file to write to.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Goes on with a file that is there.
    #[arg(long)]
    append: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(BAD_INPUT)
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let settings: Settings =
        serde_json::from_reader(std::io::stdin().lock()).context("the settings")?;
    // The file comes last: nothing is left behind where another thing is wrong.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
        .await
        .with_context(|| format!("cannot listen on port {}", arguments.port))?;
    Proxy::check(&arguments.to)?;
    let file = open(&arguments.out, arguments.append)?;
    let proxy = Arc::new(Proxy::new(&arguments.to, Mask::new(settings), file)?);
    let address = listener.local_addr()?;
    eprintln!("recording to {}; end with Ctrl-C", arguments.out.display());
    eprintln!("set up the client with: Client::builder_at(\"http://{address}\").allow_http()");
    tokio::select! {
        () = Arc::clone(&proxy).serve(listener) => {}
        ended = tokio::signal::ctrl_c() => ended.context("Ctrl-C")?,
    }
    eprint!("{}", summary(proxy.counts(), &proxy.masked()));
    Ok(())
}

/// What was done. It shows no names but those that the docs have.
fn summary(counts: Counts, masked: &Masked) -> String {
    let mut known: Vec<_> = masked.known.iter().collect();
    known.sort_by_key(|(name, count)| (Reverse(**count), *name));
    let rest: u64 = known.iter().skip(SHOWN).map(|(_, count)| **count).sum();
    let mut parts: Vec<String> = known
        .iter()
        .take(SHOWN)
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    parts.push(format!("others {}", masked.others + rest));
    let Counts {
        written,
        unreadable,
        too_long,
        unwritten,
        failed,
        ..
    } = counts;
    format!(
        "\n{written} exchanges written ({unreadable} with a body that cannot be read), {too_long} too long, \
         {failed} without an answer, {unwritten} that the file did not take\nmasked: {}\n",
        parts.join(", ")
    )
}

/// Opens the file for its owner only. What was recorded before is not written over.
fn open(path: &Path, append: bool) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options
        .read(true)
        .append(true)
        .create_new(!append)
        .create(append);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let opened = options.open(path).map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AlreadyExists => ": --append goes on with it",
            _ => "",
        };
        anyhow::Error::from(error).context(format!("{}{hint}", path.display()))
    });
    let mut file = opened?;
    end_line(&mut file).with_context(|| path.display().to_string())?;
    Ok(file)
}

/// Ends a line that was cut off: it must not take the next one with it.
fn end_line(file: &mut File) -> io::Result<()> {
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    if last == [b'\n'] {
        return Ok(());
    }
    file.write_all(b"\n")
}
