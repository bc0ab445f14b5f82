//! The server's side of connections: how many there may be, and how long each may take its time. One that sends nothing, sends a
//! byte now and then, or takes nothing of its answer would else hold a place for ever.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::Sleep;
use tower::ServiceExt as _;

use crate::bodies::Unread;
use crate::origin;

/// How much one client may take of everybody's.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once. More wait until one ends.
    pub connections: usize,
    /// From a connection's beginning, or the end of the answer before, to the end of a request's head. So long an idle connection
    /// is kept, too.
    pub head: Duration,
    /// How long a client may take nothing of its answer.
    pub stalled: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 4_096, head: Duration::from_secs(30), stalled: Duration::from_secs(60) }
    }
}

/// Bytes of a request's head, and of what is read ahead.
const BUFFER_BYTES_MAX: usize = 64 * 1024;
/// How long the other side of a connection is heard out that ended while it was sending.
const HEARING: Duration = Duration::from_secs(2);
const BREATHER: Duration = Duration::from_millis(100);

/// Answers connections until `stopped`, then lets those in hand finish.
pub async fn listen(listener: TcpListener, router: Router, limits: Limits, stopped: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let (stop, _) = watch::channel(false);
    let mut stopped = std::pin::pin!(stopped);
    loop {
        let accepted = async {
            // The semaphore is never closed.
            let place = places.clone().acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut stopped => break,
            accepted = accepted => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (router, stop) = (router.clone(), stop.subscribe());
                tokio::spawn(async move {
                    connection(stream, peer, router, limits, stop).await;
                    drop(place);
                });
            }
            // Out of file handles, most likely: some come back when connections end.
            Err(error) => {
                tracing::warn!("accepting a connection: {error}");
                tokio::time::sleep(BREATHER).await;
            }
        }
    }
    let _ = stop.send(true);
    // Every connection holds one end of this channel.
    stop.closed().await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let unread = Unread::default();
    let told = unread.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let (router, told) = (router.clone(), told.clone());
        async move {
            let mut request = request.map(axum::body::Body::new);
            if !origin::names_site(&request) {
                return Ok(StatusCode::BAD_REQUEST.into_response());
            }
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(told);
            let answer: Result<Response, std::convert::Infallible> = router.oneshot(request).await;
            answer
        }
    });
    let io = TokioIo::new(Watched::new(stream, limits.stalled, unread));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(BUFFER_BYTES_MAX)
        .serve_connection(io, service);
    let mut served = std::pin::pin!(served);
    let stopping = async {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    let done = tokio::select! {
        done = served.as_mut() => done,
        () = stopping => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = done {
        tracing::debug!("a connection ended: {error}");
    }
}

/// A stream whose other side must take what it is sent.
struct Watched {
    /// There until it is dropped.
    stream: Option<TcpStream>,
    stalled: Duration,
    sleep: Pin<Box<Sleep>>,
    is_waiting: bool,
    unread: Unread,
}

impl Watched {
    fn new(stream: TcpStream, stalled: Duration, unread: Unread) -> Self {
        let sleep = Box::pin(tokio::time::sleep(stalled));
        Self { stream: Some(stream), stalled, sleep, is_waiting: false, unread }
    }

    fn stream(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        self.stream.as_mut().map(Pin::new).ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// The outcome of a write, or an end to waiting for it.
    fn patiently<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.is_waiting = false;
            return written;
        }
        if !self.is_waiting {
            self.is_waiting = true;
            let until = tokio::time::Instant::now() + self.stalled;
            self.sleep.as_mut().reset(until);
        }
        std::task::ready!(self.sleep.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_read(cx, buf)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = self.stream()?.poll_write(cx, buf);
        self.patiently(cx, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = self.stream()?.poll_flush(cx);
        self.patiently(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = self.stream()?.poll_shutdown(cx);
        self.patiently(cx, shut)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = self.stream()?.poll_write_vectored(cx, bufs);
        self.patiently(cx, written)
    }
}

/// A connection that is closed with bytes on their way to it is reset, and its client never reads the answer. So the rest is
/// heard, and forgotten, for a moment.
impl Drop for Watched {
    fn drop(&mut self) {
        let Some(stream) = self.stream.take() else { return };
        if self.unread.0.load(Ordering::Relaxed) && tokio::runtime::Handle::try_current().is_ok() {
            tokio::spawn(tokio::time::timeout(HEARING, hear_out(stream)));
        }
    }
}

async fn hear_out(stream: TcpStream) {
    let mut forgotten = [0_u8; 4_096];
    while stream.readable().await.is_ok() {
        match stream.try_read(&mut forgotten) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::get;
    use futures_util::stream;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::time::{Instant, timeout};

    use super::*;

    const SOON: Duration = Duration::from_secs(10);

    /// Serves one page, a long one and an endless one.
    async fn served(limits: Limits) -> (SocketAddr, tokio::sync::oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let endless = || async { Body::from_stream(stream::repeat_with(|| Ok::<_, io::Error>(vec![b'x'; 65_536]))) };
        let router = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/slow", get(|| async { tokio::time::sleep(Duration::from_millis(300)).await }))
            .route("/endless", get(endless));
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let task = tokio::spawn(listen(listener, router, limits, async move { drop(stopped.await) }));
        (address, stop, task)
    }

    fn quick() -> Limits {
        Limits { connections: 8, head: Duration::from_millis(200), stalled: Duration::from_millis(300) }
    }

    /// What comes until the other side closes.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        timeout(SOON, stream.read_to_end(&mut bytes)).await.expect("it is closed").unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[tokio::test]
    async fn attack_m3_half_a_head_and_idle_connections_are_closed() {
        let (address, _stop, _task) = served(quick()).await;
        let mut half = TcpStream::connect(address).await.unwrap();
        half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
        let mut silent = TcpStream::connect(address).await.unwrap();
        let mut idle = TcpStream::connect(address).await.unwrap();
        idle.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let began = Instant::now();
        rest(&mut half).await;
        assert_eq!(rest(&mut silent).await, "");
        assert!(rest(&mut idle).await.ends_with("here"), "answered, and closed when nothing more came");
        assert!(began.elapsed() < Duration::from_secs(5));
    }

    #[tokio::test]
    async fn attack_m3_whoever_takes_nothing_of_an_answer_loses_the_connection() {
        let (address, _stop, _task) = served(Limits { connections: 1, ..quick() }).await;
        let mut stalled = TcpStream::connect(address).await.unwrap();
        stalled.write_all(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        // It holds the only place and reads nothing; the next one gets it all the same.
        let mut next = TcpStream::connect(address).await.unwrap();
        next.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
        assert!(rest(&mut next).await.ends_with("here"));
    }

    #[tokio::test]
    async fn attack_m3_there_are_no_more_connections_than_may_be() {
        let (address, _stop, _task) = served(Limits { connections: 2, head: Duration::from_secs(2), ..quick() }).await;
        let held = [TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap()];
        let mut third = TcpStream::connect(address).await.unwrap();
        third.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut byte = [0];
        assert!(timeout(Duration::from_millis(300), third.read(&mut byte)).await.is_err(), "no place yet");
        drop(held);
        assert!(rest(&mut third).await.ends_with("here"));
    }

    #[tokio::test]
    async fn stopping_lets_those_in_hand_finish() {
        let (address, stop, task) = served(quick()).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.send(()).unwrap();
        assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200"));
        timeout(SOON, task).await.expect("it ends").unwrap();
    }
}
