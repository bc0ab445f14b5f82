//! Names as they are searched and sorted.

/// Lower case without the marks of Latin letters, so that `lodz` finds `Łódź` and lists sort alike on both databases.
pub fn fold(text: &str) -> String {
    kernel::normal(text).trim().to_lowercase().chars().map(plain).collect()
}

/// The countries to choose from, by code, in the order of their names in the reader's language.
pub(crate) fn countries(locale: &i18n::Locale) -> Vec<(String, String)> {
    let name = |country: kernel::Country| {
        let name = locale.text(&format!("country-{country}"));
        (country.to_string(), format!("{name} ({country})"))
    };
    let mut all: Vec<(String, String)> = kernel::Country::all().map(name).collect();
    all.sort_by_cached_key(|(_, name)| fold(name));
    all
}

fn plain(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' | 'ā' | 'æ' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' | 'ė' | 'ē' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'į' | 'ī' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ș' => 's',
        'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' | 'ų' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}
