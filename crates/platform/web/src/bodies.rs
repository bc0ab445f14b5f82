//! Bodies of requests have their time, and what of them nobody has read does not disturb the next request of the connection.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::{Stream, StreamExt as _};
use tokio::time::{Instant, Sleep};

/// How much time a body has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// What every body has.
    time: Duration,
    /// The least that a slow line must bring in a second beyond it.
    bytes_per_second_min: u64,
    /// What is read of a body that nobody wanted, so that its connection can be kept, and for how long.
    rest_bytes_max: usize,
    rest_time: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            bytes_per_second_min: 8 * 1024,
            rest_bytes_max: 256 * 1024,
            rest_time: Duration::from_millis(500),
        }
    }
}

/// Set when a connection is closed although its other side may still be sending; see [`crate::listen`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Unread(pub(crate) Arc<AtomicBool>);

/// What a request's handler left of its body.
#[derive(Default)]
struct Left {
    rest: Mutex<Option<BodyDataStream>>,
    is_late: AtomicBool,
}

/// A body that must come in time. Dropped before its end, it hands back what is left.
struct Paced {
    body: Option<BodyDataStream>,
    pace: Pace,
    began: Instant,
    received: u64,
    sleep: Pin<Box<Sleep>>,
    left: Arc<Left>,
}

impl Stream for Paced {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = self.body.as_mut() else { return Poll::Ready(None) };
        match body.poll_next_unpin(cx) {
            Poll::Ready(Some(Ok(bytes))) => {
                self.received += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                let earned = Duration::from_secs(self.received / self.pace.bytes_per_second_min);
                let until = self.began + self.pace.time + earned;
                self.sleep.as_mut().reset(until);
                Poll::Ready(Some(Ok(bytes)))
            }
            Poll::Ready(end) => {
                self.body = None;
                Poll::Ready(end)
            }
            Poll::Pending => {
                std::task::ready!(self.sleep.as_mut().poll(cx));
                self.left.is_late.store(true, Ordering::Relaxed);
                self.body = None;
                Poll::Ready(Some(Err(axum::Error::new("the body did not come in time"))))
            }
        }
    }
}

impl Drop for Paced {
    fn drop(&mut self) {
        *self.left.rest.lock().unwrap_or_else(PoisonError::into_inner) = self.body.take();
    }
}

/// Gives each body its time, and afterwards either reads what is left of it or says that the connection ends here. A client that
/// keeps its connection would else send the next request into one that is being closed.
pub(crate) async fn layer(State(pace): State<Pace>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    // Who waits for a word before sending has not sent anything yet, and would after it.
    let waits = request.headers().contains_key(header::EXPECT);
    let unread = request.extensions().get::<Unread>().cloned();
    let left = Arc::new(Left::default());
    let request = request.map(|body| {
        let began = Instant::now();
        let sleep = Box::pin(tokio::time::sleep_until(began + pace.time));
        let body = Some(body.into_data_stream());
        Body::from_stream(Paced { body, pace, began, received: 0, sleep, left: left.clone() })
    });
    let mut response = next.run(request).await;
    let is_late = left.is_late.load(Ordering::Relaxed);
    if is_late {
        response = StatusCode::REQUEST_TIMEOUT.into_response();
    }
    let rest = left.rest.lock().unwrap_or_else(PoisonError::into_inner).take();
    let is_read = match rest {
        None => !is_late,
        Some(_) if waits => false,
        Some(rest) => is_soon_read(rest, pace).await,
    };
    if !is_read {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        if let Some(unread) = unread {
            unread.0.store(true, Ordering::Relaxed);
        }
    }
    response
}

async fn is_soon_read(mut rest: BodyDataStream, pace: Pace) -> bool {
    let reading = async {
        let mut read = 0;
        while let Some(bytes) = rest.next().await {
            let Ok(bytes) = bytes else { return false };
            read += bytes.len();
            if read > pace.rest_bytes_max {
                return false;
            }
        }
        true
    };
    tokio::time::timeout(pace.rest_time, reading).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::post;
    use futures_util::stream;
    use tower::ServiceExt as _;

    use super::*;

    fn router() -> Router {
        let pace = Pace { time: Duration::from_millis(150), rest_time: Duration::from_millis(50), ..Pace::default() };
        Router::new()
            .route("/read", post(|body: String| async move { body.len().to_string() }))
            .route("/refused", post(|| async { StatusCode::FORBIDDEN }))
            .layer(from_fn_with_state(pace, layer))
    }

    /// A byte every 40 ms, so many of them.
    fn trickle(count: usize) -> Body {
        Body::from_stream(stream::unfold(0, move |sent| async move {
            if sent == count {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
            Some((Ok::<_, std::io::Error>(Bytes::from_static(b"x")), sent + 1))
        }))
    }

    async fn answer(path: &str, body: Body) -> (StatusCode, bool) {
        let answer = router().oneshot(Request::post(path).body(body).unwrap()).await.unwrap();
        (answer.status(), answer.headers().get(header::CONNECTION).is_some_and(|value| value == "close"))
    }

    #[tokio::test]
    async fn attack_m3_a_body_that_never_ends_is_not_waited_for() {
        let began = std::time::Instant::now();
        assert_eq!(answer("/read", trickle(1_000)).await, (StatusCode::REQUEST_TIMEOUT, true));
        assert!(began.elapsed() < Duration::from_secs(5));
        assert_eq!(answer("/read", trickle(2)).await, (StatusCode::OK, false));
    }

    #[tokio::test]
    async fn attack_l12_a_refusal_reads_the_rest_or_says_that_it_closes() {
        assert_eq!(answer("/refused", Body::from("short")).await, (StatusCode::FORBIDDEN, false), "read to its end");
        assert_eq!(answer("/refused", Body::empty()).await, (StatusCode::FORBIDDEN, false));
        assert_eq!(answer("/refused", trickle(1_000)).await, (StatusCode::FORBIDDEN, true), "not waited for");
        let large = vec![b'x'; 1024 * 1024];
        assert_eq!(answer("/refused", Body::from(large)).await, (StatusCode::FORBIDDEN, true), "too much to be read");
    }
}
