//! The real binary in a pseudo-terminal, as a person sits before it: it sees the screen, types, and waits for what it
//! wants to see. The terminal answers the questions that programs ask terminals.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// So long something may take before a test fails. Only a failure ever lasts so long.
pub(crate) const LIMIT: Duration = Duration::from_secs(90);

/// What a terminal is asked and does beside drawing.
#[derive(Default)]
struct Beside {
    answers: Vec<u8>,
    copied: Vec<Vec<u8>>,
}

impl vt100::Callbacks for Beside {
    fn unhandled_csi(&mut self, screen: &mut vt100::Screen, i1: Option<u8>, _: Option<u8>, params: &[&[u16]], c: char) {
        match (i1, params, c) {
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.answers.extend(format!("\x1b[{};{}R", row + 1, column + 1).into_bytes());
            }
            (None, _, 'c') => self.answers.extend(b"\x1b[?62;22c"),
            _ => {}
        }
    }

    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.copied.push(data.to_vec());
    }
}

struct Seen {
    parser: vt100::Parser<Beside>,
    /// Everything that was ever written to the terminal.
    bytes: Vec<u8>,
    ended: bool,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// What is to be run, and in which surroundings.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) argv: Vec<OsString>,
    /// The whole environment: nothing of the real one is in it.
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) folder: PathBuf,
    /// Columns and lines.
    pub(crate) size: (u16, u16),
}

/// A program in a terminal.
pub(crate) struct Terminal {
    seen: Shared,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    master: Box<dyn MasterPty + Send>,
    child: Mutex<Box<dyn Child + Send + Sync>>,
    closing: Arc<AtomicBool>,
    /// Whether nothing is read any more of what the program writes.
    full: Arc<AtomicBool>,
    reader: std::thread::Thread,
    /// Whether the program goes on when this is dropped.
    spare: AtomicBool,
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

const fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    /// Starts a program.
    pub(crate) fn start(program: &Program) -> Self {
        Self::begin(program, true)
    }

    /// Starts a program in a terminal that answers nothing by itself.
    pub(crate) fn silent(program: &Program) -> Self {
        Self::begin(program, false)
    }

    fn begin(program: &Program, answering: bool) -> Self {
        let pair = native_pty_system().openpty(pty_size(program.size)).unwrap();
        let mut command = CommandBuilder::from_argv(program.argv.clone());
        command.env_clear();
        for (name, value) in &program.variables {
            command.env(name, value);
        }
        command.cwd(&program.folder);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (columns, lines) = program.size;
        let parser = vt100::Parser::new_with_callbacks(cells(lines), cells(columns), 0, Beside::default());
        let seen: Shared = Arc::new((Mutex::new(Seen { parser, bytes: Vec::new(), ended: false }), Condvar::new()));
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (closing, full) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (to, answers, closes) = (Arc::clone(&seen), Arc::clone(&writer), Arc::clone(&closing));
        let takes_no_more = Arc::clone(&full);
        let thread = std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            // A terminal whose last program has gone answers with an error.
            while let Some(count) = reader.read(&mut buffer).ok().filter(|count| *count > 0) {
                let answer = {
                    let mut seen = to.0.lock().unwrap();
                    seen.bytes.extend(&buffer[..count]);
                    seen.parser.process(&buffer[..count]);
                    to.1.notify_all();
                    let answers = &mut seen.parser.callbacks_mut().answers;
                    if answering { std::mem::take(answers) } else { Vec::new() }
                };
                while takes_no_more.load(Ordering::SeqCst) && !closes.load(Ordering::SeqCst) {
                    std::thread::park();
                }
                if closes.load(Ordering::SeqCst) {
                    break;
                }
                if !answer.is_empty() {
                    answers.lock().unwrap().write_all(&answer).unwrap();
                }
            }
            drop((reader, answers));
            to.0.lock().unwrap().ended = true;
            to.1.notify_all();
        });
        Self {
            seen,
            writer,
            master: pair.master,
            child: Mutex::new(child),
            closing,
            full,
            reader: thread.thread().clone(),
            spare: AtomicBool::new(false),
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// The screen, a line each, without blanks at the ends.
    pub(crate) fn lines(&self) -> Vec<String> {
        lines_of(&self.seen())
    }

    /// The screen as one text.
    pub(crate) fn screen(&self) -> String {
        self.lines().join("\n")
    }

    /// Whether a text is on the screen now.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    /// Everything written so far.
    pub(crate) fn written(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    /// How much was written so far.
    pub(crate) fn count(&self) -> usize {
        self.seen().bytes.len()
    }

    /// What would be answered to what was asked so far, where nothing is answered.
    pub(crate) fn unanswered(&self) -> Vec<u8> {
        self.seen().parser.callbacks().answers.clone()
    }

    /// Reads nothing any more, as a window that hangs, or reads on.
    pub(crate) fn hang(&self, hangs: bool) -> &Self {
        self.full.store(hangs, Ordering::SeqCst);
        self.reader.unpark();
        self
    }

    /// What was copied, as base64.
    pub(crate) fn copied(&self) -> Vec<Vec<u8>> {
        self.seen().parser.callbacks().copied.clone()
    }

    /// Waits until the lines of the screen are as they should be.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, mut is_so: impl FnMut(&[String]) -> bool) -> &Self {
        let begun = Instant::now();
        let mut seen = self.seen();
        loop {
            if is_so(&lines_of(&seen)) {
                return self;
            }
            let left = LIMIT.saturating_sub(begun.elapsed());
            if left.is_zero() || seen.ended {
                let ended = if seen.ended { "the program has ended; " } else { "" };
                let screen = lines_of(&seen).join("\n");
                drop(seen);
                panic!("{ended}never seen: {what}\n{screen}\n");
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Waits until a text stands somewhere.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) -> &Self {
        self.wait_until(&format!("{text:?}"), |lines| lines.iter().any(|line| line.contains(text)))
    }

    /// Waits until all these texts stand in one line.
    #[track_caller]
    pub(crate) fn wait_line(&self, texts: &[&str]) -> &Self {
        self.wait_until(&format!("a line with {texts:?}"), |lines| {
            lines.iter().any(|line| texts.iter().all(|text| line.contains(text)))
        })
    }

    /// Waits until a text stands nowhere.
    #[track_caller]
    pub(crate) fn wait_gone(&self, text: &str) -> &Self {
        self.wait_until(&format!("{text:?} gone"), |lines| !lines.iter().any(|line| line.contains(text)))
    }

    /// Waits until something holds that is not on the screen.
    #[track_caller]
    pub(crate) fn wait_that(&self, what: &str, mut holds: impl FnMut() -> bool) -> &Self {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < LIMIT, "never: {what}\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
        self
    }

    /// Types, all at once: letters as they are, and `<Enter>`, `<Esc>`, `<Tab>`, `<S-Tab>`, `<Up>`, `<Down>`,
    /// `<Space>`, `<BS>`, `<C-c>` and the like.
    pub(crate) fn keys(&self, keys: &str) -> &Self {
        self.send(&bytes_of(keys))
    }

    /// Pastes, as terminals do it where the program asked to be told.
    pub(crate) fn paste(&self, text: &str) -> &Self {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes())
    }

    /// Sends bytes.
    pub(crate) fn send(&self, bytes: &[u8]) -> &Self {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
        drop(writer);
        self
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&self, columns: u16, lines: u16) -> &Self {
        self.seen().parser.set_size(cells(lines), cells(columns));
        self.master.resize(pty_size((columns, lines))).unwrap();
        self
    }

    /// The process.
    pub(crate) fn pid(&self) -> Pid {
        let id = self.child.lock().unwrap().process_id().unwrap();
        Pid::from_raw(i32::try_from(id).unwrap()).unwrap()
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) -> &Self {
        kill_process(self.pid(), signal).unwrap();
        self
    }

    /// The letter that the system has for how it is: `T` where it is stopped.
    pub(crate) fn state(&self) -> char {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid().as_raw_nonzero())).unwrap();
        stat.rsplit(") ").next().and_then(|rest| rest.chars().next()).unwrap()
    }

    /// Waits until it has ended and says with which code.
    #[track_caller]
    pub(crate) fn exit_code(&self) -> u32 {
        let code = self.last_code();
        assert_ne!(code, 101, "it panicked\n{}", self.screen());
        code
    }

    /// The same where it may be a panic's.
    #[track_caller]
    pub(crate) fn last_code(&self) -> u32 {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.lock().unwrap().try_wait().unwrap() {
                // What it wrote last is read before anybody looks.
                self.wait_that("the terminal is read to its end", || self.seen().ended);
                return status.exit_code();
            }
            assert!(begun.elapsed() < LIMIT, "it does not end\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Closes the window, as a person or a lost connection does: nobody reads any more. What still runs is the process.
    pub(crate) fn hang_up(self) -> Pid {
        let pid = self.pid();
        self.closing.store(true, Ordering::SeqCst);
        // Something is written, so that the reader wakes and lets go.
        self.keys("?").wait_that("the reader lets go", || self.seen().ended);
        self.spare.store(true, Ordering::SeqCst);
        pid
    }

    /// Whether the terminal does by itself what it does for a shell: echo, and lines.
    pub(crate) fn is_cooked(&self) -> bool {
        let tty = std::fs::File::open(self.master.tty_name().unwrap()).unwrap();
        let modes = rustix::termios::tcgetattr(&tty).unwrap().local_modes;
        modes.contains(rustix::termios::LocalModes::ECHO | rustix::termios::LocalModes::ICANON)
    }

    /// What the program has left switched; empty where the terminal is as it was.
    pub(crate) fn leftovers(&self) -> Vec<&'static str> {
        let mut left = Vec::new();
        {
            let seen = self.seen();
            let screen = seen.parser.screen();
            let last = |on: &[u8], off: &[u8]| last_of(&seen.bytes, on) > last_of(&seen.bytes, off);
            let mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
            let checks = [
                ("alternate screen", screen.alternate_screen()),
                ("cursor hidden", screen.hide_cursor()),
                ("paste told", screen.bracketed_paste()),
                ("mouse told", mouse),
                ("keypad", screen.application_keypad() || screen.application_cursor()),
                ("focus told", last(b"\x1b[?1004h", b"\x1b[?1004l")),
                ("colours", screen.fgcolor() != vt100::Color::Default || screen.bgcolor() != vt100::Color::Default),
                ("attributes", screen.bold() || screen.inverse() || screen.underline()),
            ];
            left.extend(checks.iter().filter(|(_, is)| *is).map(|(what, _)| *what));
        }
        if !self.is_cooked() {
            left.push("raw mode");
        }
        left
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if !self.spare.load(Ordering::SeqCst)
            && let Ok(child) = self.child.get_mut()
            && let Ok(None) = child.try_wait()
        {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn lines_of(seen: &Seen) -> Vec<String> {
    let (_, columns) = seen.parser.screen().size();
    seen.parser.screen().rows(0, columns.get()).map(|line| line.trim_end().to_owned()).collect()
}

fn last_of(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}

fn bytes_of(keys: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if c == '<'
            && let Some(end) = rest.find('>')
        {
            let name = &rest[1..end];
            match name {
                "Enter" => bytes.push(b'\r'),
                "Esc" => bytes.push(0x1b),
                "Tab" => bytes.push(b'\t'),
                "S-Tab" => bytes.extend(b"\x1b[Z"),
                "Up" => bytes.extend(b"\x1b[A"),
                "Down" => bytes.extend(b"\x1b[B"),
                "Space" => bytes.push(b' '),
                "BS" => bytes.push(0x7f),
                _ => match name.as_bytes() {
                    [b'C', b'-', letter] => bytes.push(letter & 0x1f),
                    _ => panic!("no such key: <{name}>"),
                },
            }
            rest = &rest[end + 1..];
        } else {
            bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
            rest = &rest[c.len_utf8()..];
        }
    }
    bytes
}
