//! Pages as one reads and uses them: by the words that are seen, the names of controls and the text of buttons, never by
//! classes. What a test cannot find by its words, a person with a screen reader cannot find either.

use scraper::{ElementRef, Html, Selector};

use crate::client::{Answer, Client};

/// A page that was opened by a client.
pub struct Page<'a> {
    client: &'a Client,
    /// The status.
    pub status: u16,
    /// Path and query.
    pub path: String,
    /// The markup.
    pub html: String,
}

impl Client {
    /// Opens a page to be read.
    pub fn open(&self, path: &str) -> Page<'_> {
        Page::of(self, self.get(path))
    }
}

impl<'a> Page<'a> {
    /// The page in an answer.
    pub fn of(client: &'a Client, answer: Answer) -> Self {
        Self { client, status: answer.status, path: answer.path, html: answer.body }
    }

    /// Everything that can be read on the page, white space made one.
    pub fn text(&self) -> String {
        visible(Html::parse_document(&self.html).root_element())
    }

    /// Asserts that the words are on the page.
    ///
    /// # Panics
    /// When they are not; shows what is.
    #[track_caller]
    pub fn sees(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(words), "{} ({}) does not say {words:?}. It says:\n{text}", self.path, self.status);
        self
    }

    /// Asserts that the words are not on the page.
    ///
    /// # Panics
    /// When they are.
    #[track_caller]
    pub fn does_not_see(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(!text.contains(words), "{} says {words:?}:\n{text}", self.path);
        self
    }

    /// The main heading.
    pub fn heading(&self) -> String {
        let document = Html::parse_document(&self.html);
        document.select(&css("h1")).next().map(visible).unwrap_or_default()
    }

    /// Follows the first link with this text.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn click(&self, text: &str) -> Self {
        let document = Html::parse_document(&self.html);
        let link = document.select(&css("a[href]")).find(|link| name_of(*link).contains(text));
        let link = link.unwrap_or_else(|| panic!("{} has no link {text:?}. It says:\n{}", self.path, self.text()));
        let href = self.resolve(link.attr("href").unwrap_or_default());
        self.client.open(&href)
    }

    /// The form that has a button with this text.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn form(&self, button: &str) -> Form<'a> {
        self.forms_where(|form| button_in(form, button).is_some(), button)
            .unwrap_or_else(|| panic!("{} has no form with a button {button:?}. It says:\n{}", self.path, self.text()))
    }

    /// Presses a button whose form needs no filling in.
    #[track_caller]
    pub fn press(&self, button: &str) -> Self {
        self.form(button).send()
    }

    /// The rows of the table whose caption or labelled name contains `name`: cells as they read.
    pub fn table(&self, name: &str) -> Vec<Vec<String>> {
        let document = Html::parse_document(&self.html);
        let named = |table: &ElementRef<'_>| {
            let caption = table.select(&css("caption")).next().map(visible).unwrap_or_default();
            caption.contains(name) || table.attr("aria-label").is_some_and(|label| label.contains(name))
        };
        let Some(table) = document.select(&css("table")).find(named) else { return Vec::new() };
        let (rows, cells) = (css("tbody tr"), css("td, th"));
        let rows = table.select(&rows);
        rows.map(|row| row.select(&cells).map(visible).collect()).collect()
    }

    fn forms_where(&self, wanted: impl Fn(ElementRef<'_>) -> bool, button: &str) -> Option<Form<'a>> {
        let document = Html::parse_document(&self.html);
        let form = document.select(&css("form")).find(|form| wanted(*form))?;
        let mut fields = Vec::new();
        for control in form.select(&css("input[name], select[name], textarea[name]")) {
            fields.extend(Field::of(&document, form, control));
        }
        let pressed = button_in(form, button)?;
        let action = pressed.attr("formaction").or(form.attr("action")).unwrap_or_default();
        Some(Form {
            client: self.client,
            action: self.resolve(action),
            is_post: form.attr("method").is_some_and(|m| m.eq_ignore_ascii_case("post")),
            button: pressed
                .attr("name")
                .map(|name| (name.to_owned(), pressed.attr("value").unwrap_or_default().to_owned())),
            fields,
        })
    }

    fn resolve(&self, href: &str) -> String {
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        match href.chars().next() {
            None => path.to_owned(),
            Some('/') => href.split('#').next().unwrap_or_default().to_owned(),
            Some('?') => format!("{path}{href}"),
            Some('#') => self.path.clone(),
            Some(_) => format!("{}/{href}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
        }
    }
}

/// A form being filled in.
pub struct Form<'a> {
    client: &'a Client,
    action: String,
    is_post: bool,
    button: Option<(String, String)>,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    name: String,
    label: String,
    value: String,
    /// Choices that can be made: value and text.
    choices: Vec<(String, String)>,
    /// Whether it is sent: boxes that are not checked are not.
    is_sent: bool,
}

impl Field {
    fn of(document: &Html, form: ElementRef<'_>, control: ElementRef<'_>) -> Option<Self> {
        let name = control.attr("name")?.to_owned();
        let label = label_of(document, form, control);
        let value = control.attr("value").unwrap_or_default().to_owned();
        let (tag, kind) = (control.value().name(), control.attr("type").unwrap_or("text"));
        let field = Self { name, label, value, choices: Vec::new(), is_sent: true };
        match (tag, kind) {
            (_, "submit" | "button" | "reset" | "file") => None,
            ("select", _) => {
                let options: Vec<_> = control.select(&css("option")).collect();
                let choice = |o: &ElementRef<'_>| o.attr("value").map_or_else(|| visible(*o), str::to_owned);
                let chosen = options.iter().find(|o| o.attr("selected").is_some()).or(options.first());
                let value = chosen.map(choice).unwrap_or_default();
                Some(Self { value, choices: options.iter().map(|o| (choice(o), visible(*o))).collect(), ..field })
            }
            ("textarea", _) => Some(Self { value: control.text().collect(), ..field }),
            (_, "checkbox" | "radio") => {
                let value = if field.value.is_empty() { "on".to_owned() } else { field.value };
                let choices = vec![(value.clone(), field.label.clone())];
                Some(Self { value, choices, is_sent: control.attr("checked").is_some(), ..field })
            }
            _ => Some(field),
        }
    }
}

impl<'a> Form<'a> {
    /// Writes into the field with this label.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    #[must_use]
    pub fn fill(mut self, label: &str, value: &str) -> Self {
        let field = self.field(label);
        if field.choices.is_empty() {
            value.clone_into(&mut field.value);
        } else {
            let choice = field.choices.iter().find(|(v, text)| v == value || text.contains(value));
            field.value =
                choice.unwrap_or_else(|| panic!("{label:?} has no choice {value:?}: {:?}", field.choices)).0.clone();
        }
        field.is_sent = true;
        self
    }

    /// Checks the box, or chooses the radio button, with this label.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    #[must_use]
    pub fn choose(mut self, label: &str) -> Self {
        let name = self.field(label).name.clone();
        let radios = self.fields.iter().filter(|f| f.name == name).count() > 1;
        for field in self.fields.iter_mut().filter(|f| f.name == name) {
            field.is_sent = field.label.contains(label) || (field.is_sent && !radios);
        }
        self
    }

    /// What stands in the field with this label.
    #[track_caller]
    pub fn value(&mut self, label: &str) -> String {
        self.field(label).value.clone()
    }

    #[track_caller]
    fn field(&mut self, label: &str) -> &mut Field {
        let names: Vec<String> = self.fields.iter().map(|f| f.label.clone()).collect();
        let place =
            names.iter().position(|name| name == label).or_else(|| names.iter().position(|name| name.contains(label)));
        &mut self.fields[place.unwrap_or_else(|| panic!("no field is labelled {label:?}; there are {names:?}"))]
    }

    /// Presses the button.
    pub fn send(self) -> Page<'a> {
        let mut fields: Vec<(&str, &str)> =
            self.fields.iter().filter(|f| f.is_sent).map(|f| (f.name.as_str(), f.value.as_str())).collect();
        if let Some((name, value)) = &self.button {
            fields.push((name, value));
        }
        let answer = if self.is_post {
            self.client.post(&self.action, &fields)
        } else {
            let path = self.action.split('?').next().unwrap_or_default();
            self.client.get(&format!("{path}?{}", crate::client::form(&fields)))
        };
        Page::of(self.client, answer)
    }
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|e| panic!("{selector}: {e}"))
}

/// The text as it is read: hidden parts left out, white space made one.
fn visible(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(element: ElementRef<'_>, text: &mut String) {
    let hidden = element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true");
    if hidden || ["script", "style", "template", "head", "svg"].contains(&element.value().name()) {
        return;
    }
    // Blocks are read as words of their own even where no white space stands between them.
    let is_inline = ["a", "abbr", "b", "code", "em", "i", "kbd", "s", "small", "span", "strong", "time", "u"]
        .contains(&element.value().name());
    if !is_inline {
        text.push(' ');
    }
    for child in element.children() {
        if let Some(words) = child.value().as_text() {
            text.push_str(words);
        } else if let Some(child) = ElementRef::wrap(child) {
            collect(child, text);
        }
    }
    if !is_inline {
        text.push(' ');
    }
}

/// The accessible name: `aria-label`, else the text, else the value.
fn name_of(element: ElementRef<'_>) -> String {
    let label = element.attr("aria-label").map(str::to_owned).filter(|label| !label.is_empty());
    let text = label.unwrap_or_else(|| visible(element));
    if text.is_empty() { element.attr("value").unwrap_or_default().to_owned() } else { text }
}

fn button_in<'a>(form: ElementRef<'a>, text: &str) -> Option<ElementRef<'a>> {
    let buttons = || form.select(&css("button, input[type=submit]")).collect::<Vec<_>>();
    let exact = buttons().into_iter().find(|button| name_of(*button) == text);
    exact.or_else(|| buttons().into_iter().find(|button| name_of(*button).contains(text)))
}

fn label_of(document: &Html, form: ElementRef<'_>, control: ElementRef<'_>) -> String {
    if let Some(label) = control.attr("aria-label") {
        return label.to_owned();
    }
    let by_id =
        control.attr("id").and_then(|id| document.select(&css("label[for]")).find(|l| l.attr("for") == Some(id)));
    let around = || form.select(&css("label")).find(|label| label.descendants().any(|node| node.id() == control.id()));
    by_id.or_else(around).map(visible).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = r##"<html><head><title>No</title></head><body><h1>Ball <b>valve</b></h1>
        <p hidden>secret</p><ul><li>one</li><li>two</li></ul><a href="/next#x">Go <span>on</span></a>
        <table><caption>Your price by quantity</caption><tbody><tr><td>500 pc</td><td>120.00</td></tr></tbody></table>
        <form method="post" action="/ask"><input type="hidden" name="product" value="7">
        <label for="q">Quantity</label><input id="q" name="quantity" value="2000">
        <label>Target price <input name="price"></label>
        <label><input type="checkbox" name="rush"> Urgent</label>
        <label><input type="radio" name="pay" value="0"> Prepaid</label><label><input type="radio" name="pay" value="30" checked> 30 days</label>
        <label for="u">Unit</label><select id="u" name="unit"><option value="a">Plant A</option><option value="b" selected>Plant B</option></select>
        <button name="go" value="ask">Ask</button></form></body></html>"##;

    fn page(client: &Client) -> Page<'_> {
        Page { client, status: 200, path: "/p/valve?x=1".into(), html: HTML.into() }
    }

    #[test]
    fn pages_are_read() {
        let client = Client::new("http://127.0.0.1:1");
        let page = page(&client);
        page.sees("Ball valve").sees("one two").does_not_see("secret").does_not_see("No ");
        assert_eq!(page.heading(), "Ball valve");
        assert_eq!(page.table("price by quantity"), [["500 pc", "120.00"]]);
        assert_eq!(page.resolve("?page=2"), "/p/valve?page=2");
        assert_eq!(page.resolve("other"), "/p/other");
    }

    #[test]
    fn forms_are_filled_in_by_their_labels() {
        let client = Client::new("http://127.0.0.1:1");
        let form = page(&client)
            .form("Ask")
            .fill("Target price", "110.00")
            .choose("Urgent")
            .choose("Prepaid")
            .fill("Unit", "Plant A");
        let sent: Vec<(&str, &str)> =
            form.fields.iter().filter(|f| f.is_sent).map(|f| (f.name.as_str(), f.value.as_str())).collect();
        let want =
            [("product", "7"), ("quantity", "2000"), ("price", "110.00"), ("rush", "on"), ("pay", "0"), ("unit", "a")];
        assert_eq!(sent, want);
        assert_eq!(
            (form.action.as_str(), form.is_post, form.button),
            ("/ask", true, Some(("go".into(), "ask".into())))
        );
    }
}
