//! What a paper says.

/// A business paper. Texts are finished; empty ones are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// The language's code, for readers that speak.
    pub language: String,
    /// What it is, with its number: 'Quote 12'.
    pub title: String,
    /// One line under the title: the project.
    pub subtitle: String,
    /// Who writes.
    pub sender: Party,
    /// To whom.
    pub recipient: Party,
    /// Date, version, validity: name and value.
    pub facts: Vec<(String, String)>,
    /// What is said before the table.
    pub opening: String,
    /// The table's columns.
    pub columns: Vec<Column>,
    /// The table.
    pub rows: Vec<Row>,
    /// Under the table, in order.
    pub sums: Vec<Sum>,
    /// Terms: title and text.
    pub terms: Vec<(String, String)>,
}

/// Somebody with an address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// The name.
    pub name: String,
    /// Address and contact, line by line.
    pub lines: Vec<String>,
}

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Its share of the width, in relation to the other columns.
    pub share: u16,
    /// Whether it holds figures, which stand to the right.
    pub is_figure: bool,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// One text for each column.
    pub cells: Vec<String>,
    /// Under the first wide cell, smaller.
    pub note: String,
}

/// A sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// What it is.
    pub label: String,
    /// With currency.
    pub amount: String,
    /// Whether it is the one to pay.
    pub is_total: bool,
}
