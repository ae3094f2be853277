//! The port on loopback: a listener that can be shut, and connections that can be cut without a byte.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Cuts one connection: nothing more is written to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut(Arc<AtomicBool>);

impl Cut {
    pub(super) fn now(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn is_cut(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// A listener on loopback. While it is shut, connections are refused as by a machine that is down.
pub(super) struct LoopbackListener {
    listener: Option<TcpListener>,
    port: u16,
    open: watch::Receiver<bool>,
}

impl LoopbackListener {
    /// Listens on `port`, or on any.
    pub(super) async fn bind(port: Option<u16>, open: watch::Receiver<bool>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener: Some(listener), port, open })
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    async fn listener(&mut self) -> Option<&TcpListener> {
        if !*self.open.borrow() {
            self.listener = None;
            let _ = self.open.wait_for(|open| *open).await;
        }
        if self.listener.is_none() {
            self.listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.ok();
        }
        self.listener.as_ref()
    }
}

impl Listener for LoopbackListener {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let mut change = self.open.clone();
            change.mark_unchanged();
            let Some(listener) = self.listener().await else {
                tokio::time::sleep(Duration::from_millis(10)).await;
                continue;
            };
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = change.changed() => continue,
            };
            if let Ok((stream, peer)) = accepted {
                let _ = stream.set_nodelay(true);
                return (Wire::new(stream, self.open.clone()), peer);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)))
    }
}

/// A connection. It ends when it is cut or the listener is shut, even while it is idle.
pub(super) struct Wire {
    stream: TcpStream,
    cut: Cut,
    shut: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Wire {
    fn new(stream: TcpStream, mut open: watch::Receiver<bool>) -> Self {
        let shut = async move {
            let _ = open.wait_for(|open| !*open).await;
        };
        Self { stream, cut: Cut::default(), shut: Box::pin(shut) }
    }

    fn check(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        if !self.cut.is_cut() && self.shut.as_mut().poll(context).is_ready() {
            self.cut.now();
        }
        if self.cut.is_cut() { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Err(error) = self.check(context) {
            return Poll::Ready(Err(error));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if let Err(error) = self.check(context) {
            return Poll::Ready(Err(error));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Connected<IncomingStream<'_, LoopbackListener>> for Cut {
    fn connect_info(stream: IncomingStream<'_, LoopbackListener>) -> Self {
        stream.io().cut.clone()
    }
}
