//! Reads the terminal: a thread that waits for bytes, for its own end, and for the terminal's.

use std::io::{PipeReader, PipeWriter};
use std::os::fd::{AsFd, BorrowedFd};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;

use crate::app::AppMsg;
use crate::runtime::clock;
use crate::runtime::dashboard::decoder::{Decoder, TerminalInput};
use crate::runtime::dashboard::ending;
use crate::runtime::dashboard::event::DashboardEvent;
use crate::runtime::event::{Event, Events, Signal};

/// No more is read at once; a pseudo-terminal holds as much.
const MOST: usize = 4096;

/// Reads the terminal until it is dropped: then nothing more is taken from whoever reads it next.
pub(super) struct Input {
    open: Option<PipeWriter>,
    thread: Option<JoinHandle<()>>,
}

impl Input {
    /// Begins to read, with what was heard already.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn start(decoder: Decoder, to: Events<DashboardEvent>) -> std::io::Result<Self> {
        let (end, open) = std::io::pipe()?;
        let thread = std::thread::Builder::new().name("input".to_owned()).spawn(move || read_on(decoder, &end, &to))?;
        Ok(Self { open: Some(open), thread: Some(thread) })
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.open = None;
        if let Some(thread) = self.thread.take() {
            // It waits for nothing but bytes and this pipe.
            let _ = thread.join();
        }
    }
}

fn read_on(mut decoder: Decoder, end: &PipeReader, to: &Events<DashboardEvent>) {
    loop {
        if !hand_over(decoder.heard(), to) {
            return;
        }
        let patience = decoder.patience();
        match read(&mut decoder, Some(end.as_fd()), patience) {
            Read::Something => {}
            Read::Nothing => decoder.give_up(),
            Read::Ended => return,
            Read::Gone => {
                let _ = to.send(Event::Signal(Signal::Hangup));
                return ending::on_signal(Signal::Hangup);
            }
        }
    }
}

/// What is for the app goes together, so that it is taken in before anything is painted. Says whether somebody listens.
fn hand_over(heard: Vec<TerminalInput>, to: &Events<DashboardEvent>) -> bool {
    let mut batch = Vec::new();
    let mut sent = true;
    for heard in heard {
        let beside = match heard {
            TerminalInput::Key(key) => {
                batch.push(AppMsg::Key(key));
                continue;
            }
            TerminalInput::Paste(text) => {
                batch.push(AppMsg::Paste(text));
                continue;
            }
            TerminalInput::Focus(here) => DashboardEvent::Focus(here),
            TerminalInput::CursorColumn(column) => DashboardEvent::Measured(column),
        };
        sent &= to.send(Event::Own(beside)).is_ok();
    }
    sent && (batch.is_empty() || to.send(Event::Own(DashboardEvent::Typed(batch))).is_ok())
}

enum Read {
    Something,
    /// Nothing came in time.
    Nothing,
    /// Nobody wants to read any more.
    Ended,
    /// There is no terminal any more.
    Gone,
}

/// Waits for bytes and decodes what waits; no longer than `within`.
fn read(decoder: &mut Decoder, end: Option<BorrowedFd<'_>>, within: Option<Duration>) -> Read {
    let within = within.and_then(|within| Timespec::try_from(within).ok());
    let mut looked = vec![PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
    looked.extend(end.map(|end| PollFd::from_borrowed_fd(end, PollFlags::IN)));
    match poll(&mut looked, within.as_ref()) {
        Ok(0) => return Read::Nothing,
        Ok(_) => {}
        Err(Errno::INTR) => return Read::Something,
        Err(_) => return Read::Gone,
    }
    if looked.get(1).is_some_and(|end| !end.revents().is_empty()) {
        return Read::Ended;
    }
    let terminal = looked[0].revents();
    if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
        return Read::Gone;
    }
    let mut bytes = [0; MOST];
    match rustix::io::read(stdin(), &mut bytes) {
        // Somebody else took it. Were it so for ever, this would not take a whole processor.
        Ok(0) => std::thread::sleep(Duration::from_millis(1)),
        Ok(count) => decoder.take(&bytes[..count]),
        Err(Errno::INTR | Errno::AGAIN) => {}
        Err(_) => return Read::Gone,
    }
    Read::Something
}

/// Waits for the answer to where the cursor is. Whatever else is read meanwhile stays in the decoder; so does nothing of
/// an answer that comes later: it is heard when it comes.
pub(super) fn cursor_column(decoder: &mut Decoder, within: Duration) -> Option<u16> {
    let until = clock::now().tick + within;
    loop {
        if let Some(column) = decoder.cursor_column() {
            return Some(column);
        }
        let left = clock::until(until);
        if left.is_zero() || !matches!(read(decoder, None, Some(left)), Read::Something) {
            return None;
        }
    }
}
