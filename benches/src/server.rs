//! A server on the loopback address that always gives the same answer.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

/// Starts a server that answers every request with this body, and keeps connections open. It ends
/// with the program.
///
/// It does as little as possible, so that what is measured is the client: it takes requests without
/// a body only, and looks at nothing of them.
///
/// # Errors
/// No port can be listened at.
pub fn start(json: &str) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
        json.len()
    );
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            thread::spawn(move || serve(&stream, answer.as_bytes()));
        }
    });
    Ok(address)
}

/// Answers until the client closes the connection.
fn serve(stream: &TcpStream, answer: &[u8]) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        if line == b"\r\n" {
            writer.write_all(answer)?;
        }
        line.clear();
    }
    Ok(())
}
