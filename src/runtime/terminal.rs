//! The terminal: taken, measured, and given back whatever happens: at the end, on an error, on a panic in any thread,
//! on signals and when suspended.

use std::io::{self, BufWriter, Stdout, Write as _, stdout};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crossterm::cursor::{self, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

use super::colours::colours;
use super::screen::Screen;
use crate::app::App;
use crate::settings::Environment;
use crate::ui::{self, Glyphs, Look};

/// Whether the terminal is ours now. Whoever gives it back first clears it.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// What is written last, so that a title and a progress of ours do not stay.
static FAREWELL: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// The terminal while it is ours.
pub(super) struct Terminal {
    /// Never dropped: its own `drop` shows the cursor and prints a failure to standard error, which panics where the
    /// terminal has gone (ratatui 0.30). [`give_back`] shows it.
    inner: ManuallyDrop<ratatui::Terminal<Screen<BufWriter<Stdout>>>>,
    look: Look,
    size: (u16, u16),
}

impl Terminal {
    /// Takes the terminal and measures how wide it draws lines and glyphs.
    ///
    /// # Errors
    /// What the system said; the terminal is given back then.
    pub(super) fn take(env: &Environment, ascii: bool) -> io::Result<Self> {
        give_back_on_panic();
        enter()?;
        let taken = Self::measured(env, ascii);
        if taken.is_err() {
            give_back();
        }
        taken
    }

    fn measured(env: &Environment, ascii: bool) -> io::Result<Self> {
        let narrow = !ascii && is_utf8(env) && draws_narrow(env);
        let glyphs = if narrow { Glyphs::Lines } else { Glyphs::Ascii };
        let size = crossterm::terminal::size()?;
        let screen = Screen::new(BufWriter::with_capacity(64 << 10, stdout()));
        let mut inner = ratatui::Terminal::new(screen)?;
        inner.clear()?;
        Ok(Self { inner: ManuallyDrop::new(inner), look: Look { glyphs, colours: colours(env) }, size })
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

    /// Paints everything anew at the next painting.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.inner.backend_mut().forget();
        self.inner.clear()
    }

    /// Gives the terminal back.
    pub(super) fn give_back(&self) {
        give_back();
    }

    /// Takes the terminal again after [`Terminal::give_back`].
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn retake(&mut self) -> io::Result<(u16, u16)> {
        enter()?;
        self.forget()?;
        crossterm::terminal::size()
    }

    /// Gives the terminal back, stops until continued, and takes it again.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn suspend(&mut self) -> io::Result<(u16, u16)> {
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
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, cursor::Hide)
}

/// Undoes all that [`enter`] did, once. What fails here can be told to nobody.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let farewell = std::mem::take(&mut *FAREWELL.lock().unwrap_or_else(PoisonError::into_inner));
    let _ = stdout().write_all(&farewell);
    let _ = execute!(stdout(), DisableFocusChange, DisableBracketedPaste, ResetColor, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
    let _ = stdout().flush();
}

/// A panic in any thread gives the terminal back, tells what happened, and ends the program: the screen is gone under
/// whatever still runs. What was sent is in the journal.
fn give_back_on_panic() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let former = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            tracing::error!(%info, "panic");
            former(info);
            std::process::exit(101);
        }));
    });
}

fn is_utf8(env: &Environment) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env.variable(name).filter(|v| !v.is_empty()));
    locale.is_none_or(|locale| {
        let upper = locale.to_ascii_uppercase();
        upper.contains("UTF-8") || upper.contains("UTF8")
    })
}

/// Prints what is of ambiguous width and asks where the cursor is: one cell each, or not.
fn draws_narrow(env: &Environment) -> bool {
    if matches!(env.variable("TERM"), Some("dumb" | "linux") | None) {
        return env.variable("TERM") == Some("linux");
    }
    let sample = "─│►▪";
    let mut out = stdout();
    let printed = queue!(out, MoveTo(0, 0), Print(sample)).and_then(|()| out.flush());
    let narrow = printed.is_ok() && cursor::position().is_ok_and(|(column, _)| column == 4);
    // What was printed is cleared before anything is shown.
    let _ = execute!(out, MoveTo(0, 0), Clear(ClearType::CurrentLine));
    narrow
}
