//! `record --to URL --port N --out FILE`: what `cargo xtask record` starts. What the project says of its API is read from
//! standard input, as JSON.

use std::fs::{File, OpenOptions};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use capillary_recorder::Settings;
use capillary_recorder::mask::Mask;
use capillary_recorder::proxy::Proxy;
use clap::Parser;
use tokio::net::TcpListener;

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
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let settings: Settings =
        serde_json::from_reader(std::io::stdin().lock()).context("the settings")?;
    let file = open(&arguments.out, arguments.append)?;
    let proxy = Arc::new(Proxy::new(&arguments.to, Mask::new(settings), file)?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
        .await
        .with_context(|| format!("cannot listen on port {}", arguments.port))?;
    let address = listener.local_addr()?;
    println!("recording to {}; end with Ctrl-C", arguments.out.display());
    println!("set up the client with: .base_url(\"http://{address}\").allow_http()");
    tokio::select! {
        () = Arc::clone(&proxy).serve(listener) => {}
        ended = tokio::signal::ctrl_c() => ended.context("Ctrl-C")?,
    }
    let counts = proxy.counts();
    println!(
        "\n{} exchanges written ({} with a body that cannot be read), {} left out, {} without an answer",
        counts.written, counts.unreadable, counts.left_out, counts.failed
    );
    Ok(())
}

/// Opens the file for its owner only. What was recorded before is not written over.
fn open(path: &Path, append: bool) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create_new(!append).create(append);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AlreadyExists => ": --append goes on with it",
            _ => "",
        };
        anyhow::Error::from(error).context(format!("{}{hint}", path.display()))
    })
}
