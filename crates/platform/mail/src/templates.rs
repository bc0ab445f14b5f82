//! Templates with the merchant's own on top.

use std::path::{Component, Path, PathBuf};

use i18n::{Arg, Locale};
use kernel::Fault;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context, escape_formatter};
use serde::Serialize;

use crate::{Content, Message, Outgoing};

/// Whose mails these are: shown at the top and the bottom of each.
#[derive(Debug, Clone, Serialize)]
pub struct Brand {
    /// The merchant's name.
    pub name: String,
    /// The shop's address, without a slash at the end.
    pub url: String,
    /// Company name, postal address, register number: what the law wants at the end of a business mail. One per line.
    pub imprint: Vec<String>,
    /// The address of a logo of 28 pixels' height; the name is written when there is none.
    pub logo_url: Option<String>,
}

/// The mail templates.
#[derive(Debug)]
pub struct Templates {
    built_in: Environment<'static>,
    theme: Option<Environment<'static>>,
    brand: Brand,
}

macro_rules! built_in {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../templates/", $name)))),+] };
}

static BUILT_IN: &[(&str, &str)] = built_in![
    "base.html",
    "base.txt",
    "parts.html",
    "password_reset.html",
    "password_reset.txt",
    "password_changed.html",
    "password_changed.txt",
    "welcome.html",
    "welcome.txt",
    "order_confirmation.html",
    "order_confirmation.txt",
    "negotiation_answered.html",
    "negotiation_answered.txt",
    "negotiation_waiting.html",
    "negotiation_waiting.txt",
    "order_news.html",
    "order_news.txt",
    "quote_news.html",
    "quote_news.txt",
    "supplier_asked.html",
    "supplier_asked.txt",
];

impl Templates {
    /// The built-in templates, and over them those in `theme_dir`. Themes are read when first used.
    pub fn new(theme_dir: Option<&Path>, brand: Brand) -> Self {
        let theme = theme_dir.map(|dir| {
            let dir = dir.to_owned();
            environment(move |name| themed(&dir, name))
        });
        Self { built_in: environment(|name| Ok(built_in(name))), theme, brand }
    }

    /// Renders a mail for its reader.
    ///
    /// # Errors
    /// A fault naming template and line; a theme's mistakes are logged instead and the built-in template used.
    pub fn render(&self, mail: &Outgoing) -> Result<Message, Fault> {
        if let Some(theme) = &self.theme {
            match self.render_in(theme, mail) {
                Ok(message) => return Ok(message),
                Err(error) => tracing::error!("the theme's mail {}: {error:#}", mail.content.template()),
            }
        }
        self.render_in(&self.built_in, mail)
            .map_err(|e| Fault::because(format!("rendering the mail {}", mail.content.template()), e))
    }

    fn render_in(&self, environment: &Environment<'static>, mail: &Outgoing) -> Result<Message, Error> {
        let (locale, name) = (mail.locale(), mail.content.template());
        let subject = one_line(&locale.text_with(&key(&mail.content, "subject"), &subject_args(&mail.content)));
        let context = context! {
            t => translator(locale.clone()),
            lang => locale.language().code(),
            brand => Serde(&self.brand),
            to_name => &mail.to_name,
            subject => &subject,
            ..Value::from(Serde(&mail.content))
        };
        let html = environment.get_template(&format!("{name}.html"))?.render(&context)?;
        let text = environment.get_template(&format!("{name}.txt"))?.render(&context)?;
        Ok(Message { to: mail.to.clone(), to_name: one_line(&mail.to_name), subject, html, text: squeeze(&text) })
    }
}

/// Templates are told apart by ending: `.html` escapes every value, `.txt` none. A misspelt name is an error.
fn environment<L>(loader: L) -> Environment<'static>
where
    L: Fn(&str) -> Result<Option<String>, Error> + Send + Sync + 'static,
{
    let mut environment = Environment::new();
    environment.set_loader(loader);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.unwrap_or_default());
    environment.set_formatter(|out, state, value| match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Html, Some(text)) if !value.is_safe() => Ok(out.write_str(&escape(text))?),
        _ => escape_formatter(out, state, value),
    });
    environment
}

fn built_in(name: &str) -> Option<String> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
}

/// A file of the theme, else the built-in template. Names that lead out of the folder are not there.
fn themed(dir: &Path, name: &str) -> Result<Option<String>, Error> {
    let plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if !plain || name.contains('\\') {
        return Ok(None);
    }
    let path: PathBuf = dir.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(built_in(name)),
        Err(error) => {
            let reading = format!("reading {}", path.display());
            Err(Error::new(ErrorKind::InvalidOperation, reading).with_source(error))
        }
    }
}

/// `t("key", name=value)` in a template: the message in the reader's language. Its result is escaped like any value.
fn translator(locale: Locale) -> Value {
    Value::from_function(move |key: String, values: Kwargs| -> Result<String, Error> {
        let mut args: Vec<(String, Arg<'static>)> = Vec::new();
        for name in values.args().map(str::to_owned).collect::<Vec<_>>() {
            let value: Value = values.get(&name)?;
            let arg = match value.kind() {
                ValueKind::Number => i64::try_from(value)?.into(),
                _ => value.to_string().into(),
            };
            args.push((name, arg));
        }
        let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
        Ok(locale.text_with(&key, &args))
    })
}

fn key(content: &Content, part: &str) -> String {
    format!("mail-{}-{part}", content.template().replace('_', "-"))
}

/// What subjects mention.
fn subject_args(content: &Content) -> Vec<(&'static str, Arg<'_>)> {
    match content {
        Content::PasswordReset(_) | Content::PasswordChanged(_) => Vec::new(),
        Content::Welcome(c) => vec![("company", Arg::from(&c.company))],
        Content::OrderConfirmation(c) => vec![("number", Arg::from(&c.number))],
        Content::NegotiationAnswered(c) => vec![("product", Arg::from(&c.product))],
        Content::OrderNews(c) => {
            let kind = Arg::from(c.kind.code());
            vec![("kind", kind), ("number", Arg::from(&c.number)), ("company", Arg::from(&c.company))]
        }
        Content::QuoteNews(c) => {
            let kind = Arg::from(c.kind.code());
            vec![("kind", kind), ("number", Arg::from(&c.number)), ("company", Arg::from(&c.company))]
        }
        Content::SupplierAsked(c) => vec![("merchant", Arg::from(&c.merchant)), ("product", Arg::from(&c.product))],
        Content::NegotiationWaiting(c) => {
            vec![("company", Arg::from(&c.company)), ("product", Arg::from(&c.product)), ("value", Arg::from(&c.value))]
        }
    }
}

/// Headers are one line: a name with line breaks must not become another header.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() || is_line_break(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}')
}

/// The five characters that matter in text and in quoted attributes. The library's own escaping also turns `/` into a
/// character reference, which makes links unreadable in the source that some mail programs show.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Plain text without the empty lines that hidden parts of a template leave behind.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
