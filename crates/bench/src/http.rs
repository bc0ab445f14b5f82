//! HTTP as the load needs it: one kept connection, requests written as bytes, answers read with little work, so that the
//! generator takes as little as possible of the processors that it shares with the server.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Done;

/// A kept connection.
pub struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
    input: Vec<u8>,
    output: Vec<u8>,
}

/// An answer; the body lies in the connection's buffer until the next request.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// Status line and headers, as they came.
    pub head: &'a [u8],
    /// The body.
    pub body: &'a [u8],
}

/// A request; nothing in it needs escaping that a caller has not escaped.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// Path and query.
    pub path: &'a str,
    /// Whole lines, each with its line end.
    pub headers: &'a str,
    /// JSON; empty for none.
    pub body: &'a str,
}

struct Head {
    status: u16,
    length: usize,
    body_at: usize,
}

impl Connection {
    /// A connection that is made with the first request, and again when it was lost.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, stream: None, input: Vec::with_capacity(64 << 10), output: Vec::with_capacity(2 << 10) }
    }

    /// Sends a request and waits for its whole answer.
    pub async fn send(&mut self, request: Request<'_>) -> Done<Answer<'_>> {
        match self.exchange(request).await {
            Ok(head) => {
                let (start, rest) = self.input.split_at(head.body_at);
                Ok(Answer { status: head.status, head: start, body: &rest[..head.length] })
            }
            Err(message) => {
                self.stream = None;
                Err(format!("{} {}: {message}", request.method, request.path))
            }
        }
    }

    async fn exchange(&mut self, request: Request<'_>) -> Done<Head> {
        self.write_down(request);
        self.input.clear();
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address).await?,
        };
        stream.write_all(&self.output).await.map_err(|e| e.to_string())?;
        let head = loop {
            self.read_more(&mut stream).await?;
            if let Some(head) = head(&self.input)? {
                break head;
            }
        };
        while self.input.len() < head.body_at + head.length {
            self.read_more(&mut stream).await?;
        }
        self.stream = Some(stream);
        Ok(head)
    }

    fn write_down(&mut self, request: Request<'_>) {
        let Request { method, path, headers, body } = request;
        self.output.clear();
        for part in [method, " ", path, " HTTP/1.1\r\nhost: bench\r\n", headers] {
            self.output.extend_from_slice(part.as_bytes());
        }
        if !body.is_empty() || method != "GET" {
            let line = format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
            self.output.extend_from_slice(line.as_bytes());
        }
        self.output.extend_from_slice(b"\r\n");
        self.output.extend_from_slice(body.as_bytes());
    }

    async fn read_more(&mut self, stream: &mut TcpStream) -> Done {
        let read = stream.read_buf(&mut self.input).await.map_err(|e| e.to_string())?;
        if read == 0 { Err("the connection was closed".into()) } else { Ok(()) }
    }
}

async fn connect(address: SocketAddr) -> Done<TcpStream> {
    let stream = TcpStream::connect(address).await.map_err(|e| e.to_string())?;
    stream.set_nodelay(true).map_err(|e| e.to_string())?;
    Ok(stream)
}

/// The head of an answer, once all of it is there.
fn head(input: &[u8]) -> Done<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(body_at) = response.parse(input).map_err(|e| e.to_string())? else {
        return Ok(None);
    };
    let status = response.code.unwrap_or_default();
    let length = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = match length {
        Some(header) => std::str::from_utf8(header.value).ok().and_then(|text| text.parse().ok()),
        None => matches!(status, 204 | 304).then_some(0),
    };
    // Everything that is measured is sent in one piece; a stream would be something else to measure.
    let length = length.ok_or("the answer does not say how long it is")?;
    Ok(Some(Head { status, length, body_at }))
}

/// Percent-encoded for a path or a query.
pub fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_far_as_they_are_there() {
        let text = b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello";
        let whole = head(text).expect("well-formed").expect("complete");
        assert_eq!((whole.status, whole.length, &text[whole.body_at..]), (201, 5, &b"hello"[..]));
        assert!(head(&text[..30]).expect("well-formed").is_none());
        assert!(head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
        assert_eq!(head(b"HTTP/1.1 204 No Content\r\n\r\n").expect("well-formed").expect("complete").length, 0);
    }

    #[test]
    fn queries_are_encoded() {
        assert_eq!(encoded("M8 x 40/ż"), "M8%20x%2040%2F%C5%BC");
    }
}
