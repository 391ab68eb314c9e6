//! A server on the loopback address that always gives the same answer.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Starts a server that answers every request with this body, and keeps connections open.
///
/// It does as little as possible, so that what is measured is the client: it takes requests without
/// a body only, and looks at nothing of them. It is a task of the runtime it is started in. Where
/// that has one thread, no time passes between a request and its answer in which a processor sleeps.
///
/// # Errors
/// No port can be listened at.
pub async fn start(json: &str) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
        json.len()
    );
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move { serve(stream, answer.as_bytes()).await });
        }
    });
    Ok(address)
}

/// Answers until the client closes the connection.
async fn serve(stream: TcpStream, answer: &[u8]) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let mut line = Vec::new();
    while stream.read_until(b'\n', &mut line).await? > 0 {
        if line == b"\r\n" {
            stream.write_all(answer).await?;
        }
        line.clear();
    }
    Ok(())
}
