//! An HTTP client that does as little as possible: it shares the machine with what it measures.

use std::io;
use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The status of an answer that has not changed.
pub const NOT_MODIFIED: u16 = 304;

/// One connection that is kept open.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Answer<'a> {
    pub status: u16,
    head: &'a str,
    pub body: &'a [u8],
}

impl Client {
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(1 << 17),
        })
    }

    /// Sends a request as it stands and reads the answer.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = self.read_head().await?;
        let (status, length) = {
            let head = text(&self.buffer[..head])?;
            (parse_status(head)?, parse_length(head)?)
        };
        while self.buffer.len() < head + length {
            self.read_more().await?;
        }
        let body = &self.buffer[head..head + length];
        let head = text(&self.buffer[..head])?;
        Ok(Answer { status, head, body })
    }

    /// Reads up to the empty line at least; returns where the body starts.
    async fn read_head(&mut self) -> io::Result<usize> {
        loop {
            let end = self.buffer.windows(4).position(|part| part == b"\r\n\r\n");
            if let Some(end) = end {
                return Ok(end + 4);
            }
            self.read_more().await?;
        }
    }

    async fn read_more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the server hung up",
            )),
            _ => Ok(()),
        }
    }
}

impl<'a> Answer<'a> {
    pub fn header(&self, name: &str) -> Option<&'a str> {
        header(self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let found = lines.find(|(header, _)| header.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim())
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not an answer with a length")
}

fn text(head: &[u8]) -> io::Result<&str> {
    std::str::from_utf8(head).map_err(|_| malformed())
}

fn parse_status(head: &str) -> io::Result<u16> {
    let status = head.split(' ').nth(1);
    status
        .and_then(|status| status.parse().ok())
        .ok_or_else(malformed)
}

/// How long the body is: what has not changed has none.
fn parse_length(head: &str) -> io::Result<usize> {
    if parse_status(head)? == NOT_MODIFIED {
        return Ok(0);
    }
    let length = header(head, "content-length");
    length
        .and_then(|length| length.parse().ok())
        .ok_or_else(malformed)
}

/// A GraphQL request, ready to be sent.
pub fn graphql(document: &str, variables: &Value, explain: bool) -> Vec<u8> {
    let header = if explain {
        "X-Stack-Atlas-Explain: 1\r\n"
    } else {
        ""
    };
    let body = json!({ "query": document, "variables": variables });
    post("/graphql", header, &body)
}

/// A GraphQL request by GET. Each line of `headers` has its end.
pub fn get(document: &str, variables: &Value, headers: &str) -> Vec<u8> {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("query", document)
        .append_pair("variables", &variables.to_string())
        .finish();
    format!(
        "GET /graphql?{query} HTTP/1.1\r\nHost: bench\r\nAccept: application/json\r\n{headers}\r\n"
    )
    .into_bytes()
}

/// A request that posts JSON, ready to be sent. Each line of `headers` has its end.
pub fn post(path: &str, headers: &str, body: &Value) -> Vec<u8> {
    let body = body.to_string();
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n\
         Accept: application/json\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
