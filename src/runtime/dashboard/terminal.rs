//! The terminal: taken, measured, and given back whatever happens: at the end, on an error, on a panic in any thread,
//! on signals and when suspended.

use std::fs::OpenOptions;
use std::io::{self, BufWriter, Stdout, Write as _, stdout};
use std::mem::ManuallyDrop;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use crossterm::execute;
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use rustix::stdio::{dup2_stderr, stderr, stdin};
use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, isatty, tcgetattr, tcsetattr};

use crate::app::App;
use crate::domain::ToneColours;
use crate::runtime::dashboard::colours::colours;
use crate::runtime::dashboard::decoder::Decoder;
use crate::runtime::dashboard::input;
use crate::runtime::dashboard::screen::{self, Screen};
use crate::settings::Environment;
use crate::ui::{self, Glyphs, Look};

/// Whether the terminal is ours now. Whoever gives it back first clears it.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// What is written last, so that a title and a progress of ours do not stay.
static FAREWELL: Mutex<Vec<u8>> = Mutex::new(Vec::new());
/// How the terminal was before it was ours.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);
/// Standard error, as long as what is written there would fall upon the screen.
static STDERR: Mutex<Option<OwnedFd>> = Mutex::new(None);

/// What is of ambiguous width: as many columns as characters, or more.
const SAMPLE: &str = "─│►▪";
/// The column, counted from 1, that the cursor is in after the sample where each has one.
const NARROW: u16 = 5;
/// So long the first painting waits for the answer. One that comes later counts, too.
const ANSWER: Duration = Duration::from_millis(200);

pub(super) struct Terminal {
    /// Never dropped: its own `drop` shows the cursor and prints a failure to standard error, which panics where the
    /// terminal has gone (ratatui 0.30). [`give_back`] shows it.
    inner: ManuallyDrop<ratatui::Terminal<Screen<BufWriter<Stdout>>>>,
    look: Look,
    size: (u16, u16),
    /// Whether the terminal was asked how wide it draws, and has not answered.
    asked: bool,
    /// What was typed before somebody listens.
    decoder: Decoder,
}

impl Terminal {
    /// Takes the terminal and measures how wide it draws lines and glyphs.
    ///
    /// # Errors
    /// What the system said; the terminal is given back then.
    pub(super) fn take(env: &Environment, ascii: bool, tones: ToneColours) -> io::Result<Self> {
        enter()?;
        let taken = Self::measured(env, ascii, tones);
        if taken.is_err() {
            give_back();
        }
        taken
    }

    fn measured(env: &Environment, ascii: bool, tones: ToneColours) -> io::Result<Self> {
        let mut decoder = Decoder::default();
        let term = env.variable("TERM");
        let may_be_narrow = !ascii && is_utf8(env);
        let asks = may_be_narrow && !matches!(term, Some("dumb" | "linux") | None);
        let column = if asks { measure(&mut decoder)? } else { None };
        let narrow = may_be_narrow && (term == Some("linux") || column == Some(NARROW));
        let glyphs = if narrow { Glyphs::Lines } else { Glyphs::Ascii };
        let size = screen::size()?;
        let mut inner = ratatui::Terminal::new(Screen::new(BufWriter::with_capacity(64 << 10, stdout())))?;
        inner.clear()?;
        let look = Look { glyphs, colours: colours(env), tones };
        let asked = asks && column.is_none();
        Ok(Self { inner: ManuallyDrop::new(inner), look, size: (size.width, size.height), asked, decoder })
    }

    /// What was typed so far, for whoever listens from now on.
    pub(super) fn decoder(&mut self) -> Decoder {
        std::mem::take(&mut self.decoder)
    }

    pub(super) fn measured_late(&mut self, column: u16) {
        if std::mem::take(&mut self.asked) && column == NARROW {
            self.look.glyphs = Glyphs::Lines;
        }
    }

    /// Its size in cells when it was taken.
    pub(super) const fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Paints the app; only what changed is written.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn paint(&mut self, app: &App) -> io::Result<()> {
        // A panic elsewhere has given it back.
        if !TAKEN.load(Ordering::SeqCst) {
            return Ok(());
        }
        let look = &self.look;
        self.inner.draw(|frame| ui::paint(app, look, frame))?;
        Ok(())
    }

    /// Writes what is not for the screen, mostly nothing; `farewell` is what takes it back in the end.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn tell(&self, bytes: &[u8], farewell: impl Fn() -> Vec<u8>) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        *FAREWELL.lock().unwrap_or_else(PoisonError::into_inner) = farewell();
        stdout().write_all(bytes)?;
        stdout().flush()
    }

    /// Paints everything again at the next painting.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.inner.backend_mut().forget();
        self.inner.clear()
    }

    pub(super) fn give_back(&self) {
        give_back();
    }

    /// Takes the terminal again, after [`Terminal::give_back`] or whatever else others did with it.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        enter()?;
        self.forget()
    }

    /// Gives the terminal back, stops until continued, and takes it again.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back();
        // The whole group, as the terminal's own key would: under `cargo run` we are not alone in it.
        rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?;
        self.retake()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    raw()?;
    quiet()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, Hide)
}

/// Bytes as they are typed, and a read that never waits: whoever waits for them waits for other things, too.
fn raw() -> io::Result<()> {
    let before = tcgetattr(stdin())?;
    let mut raw = before.clone();
    raw.make_raw();
    raw.special_codes[SpecialCodeIndex::VMIN] = 0;
    raw.special_codes[SpecialCodeIndex::VTIME] = 0;
    tcsetattr(stdin(), OptionalActions::Now, &raw)?;
    // Where the terminal is ours already, what is set now is of no account.
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(before);
    Ok(())
}

/// Whatever a library or the system says on standard error does not fall upon the screen.
fn quiet() -> io::Result<()> {
    let mut kept = STDERR.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.is_some() || !isatty(stderr()) {
        return Ok(());
    }
    let nowhere = OpenOptions::new().write(true).open("/dev/null")?;
    let before = rustix::io::fcntl_dupfd_cloexec(stderr(), 3)?;
    dup2_stderr(nowhere)?;
    *kept = Some(before);
    Ok(())
}

/// Undoes all that [`enter`] did, once. What fails here can be told to nobody.
pub(crate) fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // First what does not wait: a terminal may take nothing any more.
    if let Some(before) = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take() {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
    }
    if let Some(before) = STDERR.lock().unwrap_or_else(PoisonError::into_inner).take() {
        let _ = dup2_stderr(before);
    }
    let farewell = std::mem::take(&mut *FAREWELL.lock().unwrap_or_else(PoisonError::into_inner));
    let _ = stdout().write_all(&farewell);
    let _ = execute!(stdout(), DisableFocusChange, DisableBracketedPaste, ResetColor, LeaveAlternateScreen, Show);
    let _ = stdout().flush();
}

fn is_utf8(env: &Environment) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env.variable(name).filter(|v| !v.is_empty()));
    locale.is_none_or(|locale| {
        let upper = locale.to_ascii_uppercase();
        upper.contains("UTF-8") || upper.contains("UTF8")
    })
}

/// Prints what is of ambiguous width and asks where the cursor is. `None` where no answer comes in time.
fn measure(decoder: &mut Decoder) -> io::Result<Option<u16>> {
    // Device status report: the answer is ESC [ row ; column R.
    execute!(stdout(), MoveTo(0, 0), Print(SAMPLE), Print("\x1b[6n"))?;
    let column = input::cursor_column(decoder, ANSWER);
    // What was printed is cleared before anything is shown.
    execute!(stdout(), MoveTo(0, 0), Clear(ClearType::CurrentLine))?;
    Ok(column)
}
